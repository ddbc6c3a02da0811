import { findFringes } from './fringes.ts';
import { findHuePeak, type HuePeak, isPale } from './hue-peak.ts';
import { chromaOf, hueOf, type LinearRgb, luminance, type Oklab, oklabOfLinear } from './oklab.ts';
import { findPresence, type Presence } from './presence.ts';
import type { Reduced } from './reduce.ts';
import { regionShape } from './region.ts';
import { meanRgb, type Sample, sampleRegion, total } from './samples.ts';

/**
 * What a thing is painted with, after the dichromatic reflection model (Shafer 1985): a pixel is so much of the paint's
 * colour (its shading) plus so much of the light's colour (its gloss).
 */
export interface PaintModel {
  /** The paint in usual light. */
  readonly paint: LinearRgb;
  /** The light, luminance 1. */
  readonly light: LinearRgb;
  /** Whether a colour is the paint's, in any light: 0..1. Two-coloured things are repainted in their main colour only. */
  belongs(colour: Oklab): number;
  /** Whether the paint is at home at a place of the reduced region, 0..1: it may not be where only similar colours are. */
  present(x: number, y: number): number;
  /** How much paint a pixel shows; 1 is `paint` itself. The rest of the pixel is gloss. */
  shading(rgb: LinearRgb): number;
}

const smoothstep = (from: number, to: number, value: number): number => {
  const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return share * share * (3 - 2 * share);
};

/** Finds the main paint of a region; undefined for an empty region. */
export function findPaint(reduced: Reduced, samples = sampleRegion(reduced)): PaintModel | undefined {
  if (samples.length === 0) return undefined;
  const light = findLight(samples);
  const inner = samples.filter((sample) => sample.inner);
  const evidence = inner.length > enoughInner * samples.length ? inner : samples;
  const peak = findHuePeak(evidence);
  const colour = (sample: Sample): number => (isOf(peak, sample) ? sample.weight * sample.rim : 0);
  const neutral = (sample: Sample): number => (isPale(sample) ? sample.weight * sample.rim : 0);
  // Paint is what people mean by the colour of a two-coloured thing, even where a white part is much larger: a red cup,
  // seen from above, is mostly its white inside. A print or a reflection on a white thing stays well below this.
  const isColoured = total(evidence, colour) > 0.25 * total(evidence, neutral);
  if (!isColoured) return neutralPaint(evidence, light);
  return colouredPaint(evidence, peak, light, findHome(reduced, samples, peak));
}

/** Below this share of inner samples a region is too thin to leave its outline out. */
const enoughInner = 0.3;

function findHome(reduced: Reduced, samples: readonly Sample[], peak: HuePeak): Presence {
  const { side } = regionShape(reduced.width, reduced.height, reduced.weights);
  const hasColour = ({ lab, chroma }: Sample): boolean => chroma > 0.055 && lab.L > 0.33;
  const isBright = ({ lab }: Sample): boolean => lab.L > 0.6;
  const isOther = (sample: Sample): boolean => hasColour(sample) && !isOf(peak, sample);
  const fringes = findFringes(reduced, samples, (sample) => isOf(peak, sample), isOther);
  return findPresence(
    reduced,
    side,
    samples,
    hasColour,
    isBright,
    (sample) => isOf(peak, sample) && !fringes.has(sample),
  );
}

/** Signed angle from one hue to another, -180..180. */
const turn = (from: number, to: number): number => ((to - from + 540) % 360) - 180;

function isOf({ hue, below, above }: HuePeak, sample: Sample): boolean {
  const angle = turn(hue, sample.hue);
  return !isPale(sample) && angle > -below && angle < above;
}

/** The colour of the light, read off bright, nearly white pixels; pure white where there are none. */
function findLight(samples: readonly Sample[]): LinearRgb {
  const isWhite = ({ lab, chroma }: Sample): boolean => lab.L > 0.8 && chroma < 0.06;
  const white = meanRgb(samples, (sample) => (isWhite(sample) ? sample.weight : 0));
  const share = total(samples, (sample) => (isWhite(sample) ? 1 : 0)) / samples.length;
  if (!white || share < 0.005) return [1, 1, 1];
  const level = luminance(white);
  return [white[0] / level, white[1] / level, white[2] / level];
}

function colouredPaint(samples: readonly Sample[], peak: HuePeak, light: LinearRgb, present: Presence): PaintModel {
  // Squared chroma: gloss and deep shadow dilute the colour and should not count.
  const strength = (sample: Sample): number => (isOf(peak, sample) ? sample.weight * sample.chroma ** 2 : 0);
  const paint = meanRgb(samples, strength) ?? [0.5, 0.5, 0.5];
  return {
    paint,
    light,
    present,
    belongs(colour) {
      const chroma = chromaOf(colour);
      // Where there is little colour its hue is mostly noise; there the shading decides by itself.
      const faint = Math.max(0, 1 - chroma / 0.04);
      // Where a highlight has clipped one channel, hues run towards yellow, cyan or magenta.
      const clipped = smoothstep(0.72, 0.82, colour.L) * smoothstep(0.04, 0.07, chroma);
      const vague = 40 * Math.max(faint, clipped);
      const angle = turn(peak.hue, hueOf(colour));
      const edge = angle < 0 ? peak.below : peak.above;
      return 1 - smoothstep(edge + vague, 1.5 * edge + vague, Math.abs(angle));
    },
    shading: (rgb) => unmix(rgb, paint, light),
  };
}

function neutralPaint(samples: readonly Sample[], light: LinearRgb): PaintModel {
  const neutrals = samples.filter(isPale);
  const paint = meanRgb(neutrals, ({ weight }) => weight) ?? [0.5, 0.5, 0.5];
  const level = Math.max(1e-4, luminance(paint));
  const paintLab = oklabOfLinear(paint);
  const levels = neutrals.map(({ rgb }) => luminance(rgb) / level).sort((one, other) => one - other);
  // Paint and gloss have the same colour here: what is brighter than nearly all of the thing is taken for gloss.
  const brightest = Math.max(1.05, levels[Math.floor(levels.length * 0.985)] ?? 1);
  return {
    paint,
    light,
    present: () => 1,
    belongs(colour) {
      const share = colour.L / Math.max(0.05, paintLab.L);
      const off = Math.hypot(colour.a - paintLab.a * share, colour.b - paintLab.b * share);
      return 1 - smoothstep(0.07, 0.14, off);
    },
    shading: (rgb) => Math.min(brightest, luminance(rgb) / level),
  };
}

const dot = (one: LinearRgb, other: LinearRgb): number => one[0] * other[0] + one[1] * other[1] + one[2] * other[2];

/** Least squares of `rgb = s * paint + h * light` with s and h not negative; answers s. */
function unmix(rgb: LinearRgb, paint: LinearRgb, light: LinearRgb): number {
  const [paintPaint, paintLight, lightLight] = [dot(paint, paint), dot(paint, light), dot(light, light)];
  const [paintRgb, lightRgb] = [dot(paint, rgb), dot(light, rgb)];
  const determinant = paintPaint * lightLight - paintLight ** 2;
  const gloss = (lightRgb * paintPaint - paintRgb * paintLight) / determinant;
  // A determinant near 0 means that paint and light are one colour, and all is shading.
  if (!(determinant > 1e-9) || gloss <= 0) return paintRgb / Math.max(1e-9, paintPaint);
  return Math.max(0, (paintRgb * lightLight - lightRgb * paintLight) / determinant);
}
