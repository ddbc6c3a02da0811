import { z } from 'zod';
import { colourParameter, requireColour } from '../colour/colour-parameter.ts';
import type { AdjustEvidence, PixelOperation } from '../operation.ts';
import { colourPhrasings } from '../phrasing/colour-phrasings.ts';
import { applyThroughCube } from '../pixel-work/colour-cube.ts';
import { chromaOf, hueDistance, hueOf, type Oklab, oklabOfBytes, oklabOfLinear } from '../pixel-work/oklab.ts';
import { findPaint, type PaintModel } from '../pixel-work/paint-model.ts';
import { reduceRegion } from '../pixel-work/reduce.ts';
import { repaint } from '../pixel-work/repaint.ts';
import { type Colours, coloursAgain, meanRgb, type Sample, sampleRegion } from '../pixel-work/samples.ts';

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

/** Smallest share of the region that must look different, and of the main paint that must. */
const leastRepainted = 0.05;
const leastOfPaint = 0.6;
/** Difference in OKLab from which a place looks repainted. */
const visible = 0.02;

/** What was the main paint before, compared with the same places now. */
function judge(model: PaintModel, old: readonly Sample[], now: readonly Colours[], asked: Oklab): AdjustEvidence {
  const paint = old.map(
    ({ x, y, lab, rgb, weight }) =>
      weight * model.present(x + 0.5, y + 0.5) * model.belongs(lab) * Math.min(1, model.shading(rgb)),
  );
  const changed = old.map(({ lab }, index) => (distance(lab, now[index].lab) > visible ? 1 : 0));
  const sum = (valueAt: (index: number) => number): number =>
    old.reduce((total, _, index) => total + valueAt(index), 0);
  const repainted = sum((index) => old[index].weight * changed[index]) / sum((index) => old[index].weight);
  const ofPaint = sum((index) => paint[index] * changed[index]) / sum((index) => paint[index]);
  const [oldMean, newMean] = [old, now].map((colours) => meanRgb<Colours>(colours, (_, index) => paint[index]));
  if (!oldMean || !newMean) return { done: false, evidence: 'the region shows no paint' };
  const [oldLab, newLab] = [oklabOfLinear(oldMean), oklabOfLinear(newMean)];
  const closer = distance(newLab, asked) < Math.max(0.05, distance(oldLab, asked));
  const evidence =
    `${percent(repainted)} of the region repainted, ${percent(ofPaint)} of its main colour; ` +
    `main colour now: ${described(newLab)} (asked ${described(asked)}; before ${described(oldLab)})`;
  const enough = repainted >= leastRepainted && ofPaint >= leastOfPaint;
  return { done: enough && closer && passes(newLab, asked), evidence };
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

export const recolour: PixelOperation<RecolourParameters> = {
  kind: 'pixels',
  name: 'recolour',
  description:
    'Repaint a thing in another colour and keep its shading, gloss and texture. Of a two-coloured thing the main colour is repainted.',
  parameters,
  example: { colour: 'blue' },
  // Of red, green and white balls there is no one main colour.
  eachByItself: true,
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
    const old = reducedBefore && sampleRegion(reducedBefore);
    const model = reducedBefore && findPaint(reducedBefore, old);
    if (!old || !model || !reducedAfter) return { done: false, evidence: 'the region is empty' };
    return judge(model, old, coloursAgain(reducedAfter, old), labOf(colour));
  },
};
