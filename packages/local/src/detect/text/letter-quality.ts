import type { Letter } from './letters.ts';

/**
 * How like a letter a patch is by itself, as the logarithm of the odds. A logistic model, fitted to patches of rendered
 * text (12 to 120 pixels, English and Hangul) over seven photographs, against all other patches of these.
 */
export function letterQuality(letter: Letter): number {
  const { box, stroke, tangle } = letter;
  const aspect = box.width / box.height;
  const filled = (tangle * stroke * Math.max(box.width, box.height)) / (box.width * box.height);
  return (
    4.14 * Math.min(1, letter.contrast / 120) +
    3.34 * letter.even +
    1.05 * letter.sharp -
    6.31 * letter.strokeSpread +
    4.03 * letter.ringed +
    1.35 * letter.groundSpread +
    1.33 * tangle -
    0.61 * Math.min(4, letter.holes / Math.max(1, aspect)) -
    1.04 * (stroke / box.height) +
    1.27 * Math.log2(box.height) +
    6.63 * filled -
    0.24 * Math.abs(Math.log2(aspect)) -
    18.89
  );
}
