/** The sentences of a text, and the entries of a list written "1) ... 2) ...", without the numbers. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?。~])(?<!(?:^|\s)\d{1,2}\.)\s+|\n+|(?:^|\s+)(?=\d{1,2}[).]\s)/)
    .map((sentence) =>
      sentence
        .replace(/^\s*\d{1,2}[).]\s+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((sentence) => sentence !== '')
    .reduce<readonly string[]>(withCorrection, []);

/** A correction belongs to the sentence that it corrects: 컵 지워줘. 아 아니다 접시 지워줘. */
function withCorrection(before: readonly string[], sentence: string): readonly string[] {
  const last = before.at(-1);
  return last !== undefined && /^(?:(?:아|앗|음|잠깐만?)[ ,.~]*)?(?:아니다|아니야|아냐)(?=[ ,.~!])/.test(sentence)
    ? [...before.slice(0, -1), `${last} ${sentence}`]
    : [...before, sentence];
}
