import type { Progress } from './progress.ts';

/** About what a line of a terminal has room for. */
const shownWords = 60;

/** Shows the end of an answer while somebody is still writing it: call it with each piece. */
export function showWords(progress: Progress): (delta: string) => void {
  let said = '';
  return (delta) => {
    said += delta;
    progress.update(said.length <= shownWords ? said : `…${said.slice(-shownWords)}`);
  };
}
