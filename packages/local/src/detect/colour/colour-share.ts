import { chromaOf } from '@atelier/sdk/adjust';
import type { ColourWish } from './colour-wish.ts';
import type { ThingSample } from './foreground.ts';

/** Below this lightness (OKLab) pixels tell of the shadow, not of the thing. */
const shadow = 0.25;
/** Above this lightness, without colour, they tell of the light. */
const highlight = 0.95;
/** Highlights and shadows count all the same when they are more than this share: the thing is white, or black. */
const mostlyExtreme = 0.5;

/**
 * How far a thing has the colour asked for, 0..1: the share of its pixels that answer to it, by weight. Shadows and
 * highlights that do not answer are left out where they are the smaller part.
 */
export function colourShare(samples: readonly ThingSample[], colour: ColourWish): number {
  const rated = samples.map(({ colour: at, weight }) => {
    const belongs = colour.belongs(at);
    return { weight, belongs, tells: belongs > 0 || !(at.L < shadow || (at.L > highlight && chromaOf(at) < 0.03)) };
  });
  const telling = rated.filter(({ tells }) => tells);
  const used = weightOf(telling) >= mostlyExtreme * weightOf(rated) ? telling : rated;
  const all = weightOf(used);
  return all === 0 ? 0 : used.reduce((sum, { weight, belongs }) => sum + weight * belongs, 0) / all;
}

const weightOf = (samples: readonly { readonly weight: number }[]): number =>
  samples.reduce((sum, { weight }) => sum + weight, 0);
