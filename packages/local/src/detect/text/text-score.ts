/** What a line is judged by. Spreads are shares of the mean. */
export interface LineFacts {
  /** Logarithm to base 2 of how many there are, 12 at most. */
  readonly letters: number;
  /** Mean distance of ink and ground, 1 from 120 grey levels on. */
  readonly contrast: number;
  readonly even: number;
  readonly sharp: number;
  readonly strokeSpread: number;
  readonly inkSpread: number;
  /** Distance from the base line, in heights. */
  readonly offBaseline: number;
  /** Stroke by height. */
  readonly weight: number;
  readonly heightSpread: number;
  /** 1 where all letters run together in one patch. */
  readonly single: number;
  /** 1 from 40 cells on. */
  readonly height: number;
}

type Weights = Readonly<Record<keyof LineFacts, number>>;

/*
 * Two logistic models, fitted to lines found in rendered text (12 to 120 pixels, 9 colours, 5 typefaces, turned up to 10 degrees,
 * JPEG quality 70) over four photographs, against all else that was found in these. The second knows how often the line was seen.
 */
const alone: Weights = {
  letters: 2.08,
  contrast: 5.65,
  even: -1.84,
  sharp: 3,
  strokeSpread: -4.17,
  inkSpread: -9.45,
  offBaseline: -3.48,
  weight: 1.06,
  heightSpread: -3.34,
  single: -4.89,
  height: 2.2,
};
const together: Weights = {
  letters: 2.27,
  contrast: 2.61,
  even: 7.35,
  sharp: 2.42,
  strokeSpread: -4.97,
  inkSpread: -10.42,
  offBaseline: -7.02,
  weight: 0.38,
  heightSpread: -3.49,
  single: -3.49,
  height: 2.28,
};
const perDoubling = 0.82;

/** How likely a line is to be text, 0..1, by itself. */
export const lineScore = (facts: LineFacts): number => logistic(facts, alone, -6.45);

/** How likely a line is to be text that was seen at so many sizes and levels, 0..1. */
export const textScore = (facts: LineFacts, times: number): number =>
  logistic(facts, together, -13.93 + perDoubling * Math.log2(Math.min(times, 8)));

function logistic(facts: LineFacts, weights: Weights, bias: number): number {
  const sum = Object.entries(weights).reduce(
    (total, [name, weight]) => total + weight * facts[name as keyof LineFacts],
    bias,
  ); // Its own keys.
  return 1 / (1 + Math.exp(-sum));
}
