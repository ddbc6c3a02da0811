import type { Language } from '../grammar/language.ts';
import { inKorean } from './korean-reasons.ts';
import type { Undone } from './tool-results.ts';
import { endSentence } from './verdict.ts';

/** What an undo takes back: the latest edit, one that was named, or every edit. */
export type UndoneThing = 'latest' | 'named' | 'everything';

const tasks: Readonly<Record<Language, Readonly<Record<UndoneThing, string>>>> = {
  en: { latest: 'Undo the latest edit', named: 'Undo that edit', everything: 'Go back to the original' },
  ko: { latest: '마지막 편집 되돌리기', named: '그 편집만 되돌리기', everything: '처음 사진으로 되돌리기' },
};
const reports: Readonly<Record<Language, Readonly<Record<UndoneThing, string>>>> = {
  en: {
    latest: 'I undid the latest edit.',
    named: 'I undid that edit.',
    everything: 'I undid every edit: this is the picture as it came.',
  },
  ko: {
    latest: '마지막 편집을 되돌렸습니다.',
    named: '그 편집을 되돌렸습니다.',
    everything: '모든 편집을 되돌려 처음 사진으로 돌아왔습니다.',
  },
};

export const undoTask = (what: UndoneThing, language: Language): string => tasks[language][what];

/** What was undone, how many later edits were made again, and which one could not be. */
export function tellUndo(what: UndoneThing, { replayed = [], stopped }: Undone, language: Language): string {
  const parts = [reports[language][what]];
  if (replayed.length > 0) {
    const count = replayed.length;
    parts.push(
      language === 'ko'
        ? `그 뒤의 편집 ${count}개는 다시 했습니다.`
        : `${count === 1 ? 'The edit after it was' : `The ${count} edits after it were`} made again.`,
    );
  }
  if (stopped) {
    parts.push(
      language === 'ko'
        ? `하지만 이어진 편집은 더 할 수 없었습니다: ${endSentence(inKorean(stopped.message))}`
        : `But a later edit could not be made again: ${endSentence(stopped.message)}`,
    );
  }
  return parts.join(' ');
}
