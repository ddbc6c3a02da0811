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
const followNeutral = 0.85;
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

/** Gloss, in linear light, from which a place counts as lit. */
const fullGloss = 0.12;

/**
 * Where a highlight passes into paint, clipping and glare hide part of the paint. A light new paint would show that as
 * a dark ring around every highlight, so what is lit and shows some paint is taken to be lit paint.
 */
function underGloss(shading: number, gloss: number): number {
  if (shading >= 1) return shading;
  const lit = Math.min(1, gloss / fullGloss);
  const evident = Math.min(1, Math.max(0, (shading - 0.1) / 0.3));
  return shading + (1 - shading) * lit * evident;
}

/** Exchanges the paint of every pixel that shows it, and leaves its gloss, and everything else, alone. */
export function repaint(model: PaintModel, asked: Oklab): ColourMapping {
  const paint = newPaint(model, asked);
  const oldLevel = luminance(model.paint);
  const gain = luminance(paint) / Math.max(1e-4, oldLevel);
  // A much lighter paint shows the same light with less contrast, a much darker one with more: shadows on white are not
  // black, and black would be a hole without its sheen.
  const stops = Math.log2(gain);
  const softness = stops > 0 ? 1 / (1 + 0.12 * stops) : 1 - 0.08 * stops;
  return (red, green, blue) => {
    const rgb: LinearRgb = [linearOfByte[red], linearOfByte[green], linearOfByte[blue]];
    const shading = model.shading(rgb);
    const belongs = model.belongs(oklabOfLinear(rgb));
    if (shading <= 0 || belongs <= 0) return [red, green, blue];
    // What is mostly paint shows gloss in the colour of the light: a tint that is left over there is the old paint's.
    const painted = Math.min(1, (shading * oldLevel) / Math.max(1e-6, luminance(rgb)));
    const glossLevel = Math.max(0, luminance(rgb) - shading * oldLevel);
    const softened = (gain > 1 ? underGloss(shading, glossLevel) : shading) ** softness;
    const mixed = rgb.map((value, channel) => {
      const own = Math.max(0, value - shading * model.paint[channel]);
      const gloss = own + (glossLevel * model.light[channel] - own) * painted;
      const repainted = rollOff(softened * paint[channel] + gloss);
      return byteOfLinear(value + belongs * (repainted - rollOff(value)));
    });
    return [mixed[0], mixed[1], mixed[2]];
  };
}
