/** Words that hold a sentence together, by which typing slips are put right. No verbs of editing: those are asked back. */
const words =
  'the and then that this these those there should would could with into also please what which where when how many much tell them from back your just like want need have'.split(
    ' ',
  );
/** Words of their own. */
const meant: ReadonlySet<string> = new Set([...words, 'three', 'form', 'juts']);

/** By what two neighbouring letters make of it in the wrong order: "teh", "shuold". */
const slips: ReadonlyMap<string, string> = new Map(
  words.flatMap((word) =>
    Array.from(
      { length: word.length - 1 },
      (_, index) => [word.slice(0, index) + word[index + 1] + word[index] + word.slice(index + 2), word] as const,
    ).filter(([slip]) => !meant.has(slip)),
  ),
);
const slip = new RegExp(`(?<![\\w'-])(?:${[...slips.keys()].join('|')})(?![\\w'-])`, 'gi');

/** The text with small words put right whose letters changed places. */
export const withoutSlips = (text: string): string =>
  text.replace(slip, (typed) => slips.get(typed.toLowerCase()) ?? typed);
