import type { ColourMapping } from './colour-cube.ts';
import {
  byteOfLinear,
  chromaOf,
  fitToGamut,
  type LinearRgb,
  linearOfByte,
  luminance,
  type Oklab,
  oklabOfLinear,
} from './oklab.ts';
import type { PaintModel } from './paint-model.ts';

/** How far the lightness follows the asked colour; the rest keeps the picture's own exposure. */
const followNeutral = 0.9;
const followColour = 0.8;

/** The new paint in the light of the scene: the asked colour, its lightness drawn a little to that of the old paint. */
function newPaint(model: PaintModel, asked: Oklab): LinearRgb {
  const old = oklabOfLinear(model.paint);
  const follow = chromaOf(asked) < 0.03 ? followNeutral : followColour;
  const rgb = fitToGamut({ ...asked, L: old.L + (asked.L - old.L) * follow });
  return [rgb[0] * model.light[0], rgb[1] * model.light[1], rgb[2] * model.light[2]];
}

const knee = 0.8;

/** Linear up to the knee, then approaching 1: brightened paint keeps its form instead of burning out. */
const rollOff = (value: number): number =>
  value <= knee ? value : knee + (1 - knee) * (1 - Math.exp(-(value - knee) / (1 - knee)));

/** Exchanges the paint of every pixel that shows it, and leaves its gloss, and everything else, alone. */
export function repaint(model: PaintModel, asked: Oklab): ColourMapping {
  const paint = newPaint(model, asked);
  const gain = luminance(paint) / Math.max(1e-4, luminance(model.paint));
  // A much lighter paint shows the same light with less contrast: shadows on white are not black.
  const softness = gain > 1 ? 1 / (1 + 0.12 * Math.log2(gain)) : 1;
  return (red, green, blue) => {
    const rgb: LinearRgb = [linearOfByte[red], linearOfByte[green], linearOfByte[blue]];
    const shading = model.shading(rgb);
    const belongs = model.belongs(oklabOfLinear(rgb));
    if (shading <= 0 || belongs <= 0) return [red, green, blue];
    const softened = shading ** softness;
    const gloss = rgb.map((value, channel) => Math.max(0, value - shading * model.paint[channel]));
    const mixed = rgb.map((value, channel) => {
      const repainted = rollOff(softened * paint[channel] + gloss[channel]);
      return byteOfLinear(value + belongs * (repainted - Math.min(value, rollOff(value))));
    });
    return [mixed[0], mixed[1], mixed[2]];
  };
}
