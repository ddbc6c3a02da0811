type Groups = Readonly<Record<string, string | undefined>>;

/** How much "a bit" and "a lot" are, 0..1. */
export interface Degrees {
  readonly little: number;
  readonly lot: number;
}

const littleWords = /bit|little|slight|gent|somewhat|partly|partially|조금|약간|살짝|좀/;

/** English words of degree before or after, as a group `degree`; with the group `percent` for figures. No group more than once. */
export const englishAmount =
  '(?: (?:by )?(?:(?<percent>\\d+) ?(?:%|percent)|(?<degree>(?:just )?a (?:little |tiny )?bit|a little|slightly|gently|somewhat|partly|partially|a lot|much|strongly|heavily|very much)))?';

/** The same before an adjective or comparative: "a bit sharper", "20% sharper". */
export const englishDegreeBefore =
  '(?:(?:(?<percent>\\d+) ?(?:%|percent)|(?<degree>(?:just )?a (?:little |tiny )?bit|a little|slightly|somewhat|a lot|much|far|way|very|really|super|extra)) )?';

/** Reads the groups `percent` and `degree` as a parameter `amount`; nothing where neither was said, so that the default holds. */
export function readDegree({ percent, degree }: Groups, { little, lot }: Degrees): { amount?: number } {
  if (percent !== undefined) return { amount: Math.min(1, Number(percent) / 100) };
  if (degree === undefined || degree === '더') return {};
  return { amount: littleWords.test(degree) ? little : lot };
}
