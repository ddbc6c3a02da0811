/** The sentences of a text, and the entries of a list written "1) ... 2) ...", without the numbers. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?。~])\s+|\n+|(?:^|\s+)(?=\d{1,2}[).]\s)/)
    .map((sentence) =>
      sentence
        .replace(/^\s*\d{1,2}[).]\s+/, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((sentence) => sentence !== '');
