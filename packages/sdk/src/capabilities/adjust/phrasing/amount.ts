const degrees: readonly { readonly words: readonly string[]; readonly amount: number }[] = [
  {
    words: [
      'a bit',
      'a little',
      'a little bit',
      'just a bit',
      'slightly',
      'gently',
      '조금',
      '조금만',
      '약간',
      '약간만',
      '살짝',
      '살짝만',
      '좀',
    ],
    amount: 0.18,
  },
  { words: ['a lot', 'much', 'far', 'way', 'very', 'strongly', '많이', '훨씬', '아주', '매우'], amount: 0.65 },
];

const usual = 0.35;

/** Source of a pattern for English words of degree that follow or precede; without groups: for what has no smaller form. */
export const englishDegree =
  '(?:(?:just )?a (?:little |tiny )?bit|a little|slightly|somewhat|a lot|much|strongly|heavily)';

/** Reads the groups `percent` (or `share`, where a pattern needs a second one) and `degree` (or `adverb`) of a phrasing as 0..1; 0.35 where the words say nothing. 100 % is full. */
export function readAmount({ percent, share, degree, adverb }: Readonly<Record<string, string | undefined>>): number {
  const figure = percent ?? share;
  if (figure !== undefined) return Math.min(1, Number(figure) / 100);
  return degrees.find(({ words }) => words.includes(degree ?? adverb ?? ''))?.amount ?? usual;
}

/** Source of a pattern for Korean words of degree before an adverb, with the groups `percent` and `degree`. */
export const koreanAmount =
  '(?:(?:더|(?<degree>조금만?|약간만?|살짝만?|좀|많이|훨씬|아주|매우)|(?<percent>\\d+)\\s*(?:%|퍼센트)(?:만큼|로|정도)?)\\s*)*';

/** Source of a pattern for a Korean target that is no mere word of degree: 더 밝게 names nothing. With the group `target`. */
export const koreanTarget =
  '(?<target>(?!(?:(?:더|좀|조금만?|약간만?|살짝만?|많이|훨씬|아주|매우|다|전부|모두)(?: |$))+).+?)';
