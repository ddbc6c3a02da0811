/** A piece of a sentence, and the words that join it to the piece before. */
export interface Piece {
  readonly joint: string;
  readonly text: string;
}

/** Cuts a sentence at every joint that is not within double quotes; `joint` must be global and match something. */
export function cut(sentence: string, joint: RegExp): readonly Piece[] {
  const pieces: Piece[] = [];
  let [start, before, quoted, counted] = [0, '', false, 0];
  for (const match of sentence.matchAll(joint)) {
    for (; counted < match.index; counted++) if (/["“”]/.test(sentence[counted])) quoted = !quoted;
    if (quoted && /["”]/.test(sentence.slice(match.index))) continue;
    pieces.push({ joint: before, text: sentence.slice(start, match.index) });
    start = match.index + match[0].length;
    before = match[0];
  }
  pieces.push({ joint: before, text: sentence.slice(start) });
  return pieces;
}
