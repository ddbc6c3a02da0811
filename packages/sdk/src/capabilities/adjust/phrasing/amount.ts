const degrees: readonly { readonly words: readonly string[]; readonly amount: number }[] = [
  { words: ['a bit', 'a little', 'slightly', '조금', '약간', '살짝', '좀'], amount: 0.18 },
  { words: ['a lot', 'much', 'far', 'way', 'very', 'strongly', '많이', '훨씬', '아주', '매우'], amount: 0.65 },
];

const usual = 0.35;

/** Reads the groups `percent` and `degree` of a phrasing as 0..1; 0.35 where the words say nothing. 100 % is full. */
export function readAmount({ percent, degree }: Readonly<Record<string, string | undefined>>): number {
  if (percent !== undefined) return Math.min(1, Number(percent) / 100);
  return degrees.find(({ words }) => degree !== undefined && words.includes(degree))?.amount ?? usual;
}

/** Source of a pattern for Korean words of degree before an adverb, with the groups `percent` and `degree`. */
export const koreanAmount =
  '(?:(?:더|(?<degree>조금|약간|살짝|좀|많이|훨씬|아주|매우)|(?<percent>\\d+)\\s*(?:%|퍼센트)(?:만큼|로|정도)?)\\s*)*';
