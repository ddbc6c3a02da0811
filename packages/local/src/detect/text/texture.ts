/** What tells hair, lattice and folds from a line of letters. */
export interface Grain {
  /** Mean `letterQuality` of its patches. */
  readonly quality: number;
  /** Spread of stroke widths within its patches and between them, as shares of the mean. */
  readonly unevenStrokes: number;
  /** Logarithm to base 2 of how many letters there are. */
  readonly letters: number;
}

/** Lines whose patches are less like letters on the whole are texture. */
const leastQuality = -1.2;
const mostUneven = 0.75;
/** Two patches side by side are no line yet: letters, as a logarithm, below which a find is a pair. */
const pair = 1.3;
/** Unless both are this like letters on the whole. */
const sureQuality = 3;
/** Share of the picture from which on a pair is doubted more with each doubling. */
const smallShare = 0.005;

export const isTexture = ({ quality, unevenStrokes }: Grain): boolean =>
  quality < leastQuality || unevenStrokes > mostUneven;

/** A score, 0..1, lowered for pairs, the more of the picture (0..1) they cover: chance makes large pairs more than letters do. */
export function doubted(score: number, { letters, quality }: Grain, share: number): number {
  if (letters >= pair || quality >= sureQuality) return score;
  const doublings = 1 + Math.max(0, Math.log2(share / smallShare));
  return score / (score + (1 - score) * 2 ** doublings);
}
