import { z } from 'zod';
import { colourParameter, requireColour } from '../colour/colour-parameter.ts';
import type { AdjustOperation } from '../operation.ts';
import { colourPhrasings } from '../phrasing/colour-phrasings.ts';
import { applyThroughCube } from '../pixel-work/colour-cube.ts';
import { chromaOf, hueDistance, hueOf, type Oklab, oklabOfBytes, oklabOfLinear } from '../pixel-work/oklab.ts';
import { findPaint } from '../pixel-work/paint-model.ts';
import { reduceRegion } from '../pixel-work/reduce.ts';
import { repaint } from '../pixel-work/repaint.ts';
import { meanRgb, type Sample, sampleAgain, sampleRegion } from '../pixel-work/samples.ts';

const parameters = z.object({ colour: colourParameter }).strict();

type RecolourParameters = z.infer<typeof parameters>;

const labOf = (colour: string): Oklab => {
  const { r, g, b } = requireColour(colour);
  return oklabOfBytes(r, g, b);
};

const distance = (one: Oklab, other: Oklab): number => Math.hypot(one.L - other.L, one.a - other.a, one.b - other.b);

/** Largest hue error, degrees, at which people still call it the asked colour. */
const hueTolerance = 30;

/** Whether a mean colour passes for the asked one. */
function passes(now: Oklab, asked: Oklab): boolean {
  if (chromaOf(asked) < 0.03) return chromaOf(now) < 0.07;
  return chromaOf(now) > 0.25 * chromaOf(asked) && hueDistance(hueOf(now), hueOf(asked)) <= hueTolerance;
}

const described = (lab: Oklab): string =>
  `lightness ${lab.L.toFixed(2)}, chroma ${chromaOf(lab).toFixed(3)}, hue ${hueOf(lab).toFixed(0)}°`;

export const recolour: AdjustOperation<RecolourParameters> = {
  name: 'recolour',
  description:
    'Repaint a thing in another colour and keep its shading, gloss and texture. Of a two-coloured thing the main colour is repainted.',
  parameters,
  example: { colour: 'blue' },
  phrasings: colourPhrasings,
  apply(pixels, { colour }, alpha) {
    const reduced = reduceRegion(pixels, alpha);
    const model = reduced && findPaint(reduced);
    if (!model) return Uint8Array.from(pixels.data);
    const { left, top, scale } = reduced;
    return applyThroughCube(pixels, repaint(model, labOf(colour)), alpha, (x, y) =>
      model.present((x + 0.5 - left) / scale, (y + 0.5 - top) / scale),
    );
  },
  measure(before, after, { colour }, alpha) {
    const [reducedBefore, reducedAfter] = [reduceRegion(before, alpha), reduceRegion(after, alpha)];
    if (!reducedBefore || !reducedAfter) return { done: false, evidence: 'the region is empty' };
    const old = sampleRegion(reducedBefore);
    const now = sampleAgain(reducedAfter, old);
    const model = findPaint(reducedBefore, old);
    const sources = new Map(now.map((sample, index) => [sample, old[index]] as const));
    const weigh = ({ x, y, lab, rgb, weight }: Sample): number =>
      model ? weight * model.present(x, y) * model.belongs(lab) * Math.min(1, model.shading(rgb)) : 0;
    const oldMean = meanRgb(old, weigh);
    const newMean = meanRgb(now, (sample) => weigh(sources.get(sample) ?? sample));
    if (!oldMean || !newMean) return { done: false, evidence: 'the region is empty' };
    const [asked, oldLab, newLab] = [labOf(colour), oklabOfLinear(oldMean), oklabOfLinear(newMean)];
    const closer = distance(newLab, asked) < Math.max(0.05, distance(oldLab, asked));
    const evidence = `painted part: ${described(newLab)} (asked ${described(asked)}; before ${described(oldLab)})`;
    return { done: closer && passes(newLab, asked), evidence };
  },
};
