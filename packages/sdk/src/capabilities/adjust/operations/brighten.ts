import { z } from 'zod';
import type { Pixels } from '../../../image/pixels.ts';
import type { PixelOperation } from '../operation.ts';
import { koreanAmount, koreanTarget, readAmount } from '../phrasing/amount.ts';
import { expose, exposureCurve, type ToneCurve } from '../pixel-work/exposure.ts';
import { linearOfByte, luminanceWeights } from '../pixel-work/oklab.ts';
import { rowStep } from '../pixel-work/row-step.ts';

const parameters = z
  .object({
    amount: z
      .number()
      .min(-1)
      .max(1)
      .default(0.35)
      .describe(
        'How much, -1..1: positive brightens, negative darkens; 1 is three photographic stops. Default 0.35, about one stop.',
      ),
  })
  .strict();

type BrightenParameters = z.infer<typeof parameters>;

const stopsAtFull = 3;
/** Share of the expected change from which it happened, and the smallest change of mean luminance that can be seen. */
const leastShare = 0.3;
const visible = 2e-4;
/** Weighted mean, 0..1, of what a curve makes of the luminance, linear light. */
function meanLight({ width, height, data }: Pixels, alpha: Uint8Array, curve: ToneCurve = (light) => light): number {
  const [red, green, blue] = luminanceWeights;
  const step = rowStep(width, height);
  let sum = 0;
  let weight = 0;
  for (let y = 0; y < height; y += step) {
    for (let index = y * width; index < (y + 1) * width; index++) {
      const pixel = index * 4;
      const light =
        red * linearOfByte[data[pixel]] + green * linearOfByte[data[pixel + 1]] + blue * linearOfByte[data[pixel + 2]];
      sum += alpha[index] * curve(light);
      weight += alpha[index];
    }
  }
  return weight === 0 ? 0 : sum / weight;
}

const brighter = (groups: Readonly<Record<string, string | undefined>>) => ({ amount: readAmount(groups) });
const darker = (groups: Readonly<Record<string, string | undefined>>) => ({ amount: -readAmount(groups) });

const by =
  '(?:\\s+(?:(?:by\\s+)?(?<percent>\\d+)\\s*(?:%|percent)|(?<degree>a little bit|(?:just )?a bit|a little|slightly|a lot|much|strongly)))?';
const degree =
  '(?:(?:(?<degree>a little bit|(?:just )?a bit|a little|slightly|a lot|much|far|way|very)|(?:by\\s+)?(?<share>\\d+)\\s*(?:%|percent))\\s+)?';
const before = '(?:(?<adverb>slightly|gently|strongly)\\s+)?';

export const brighten: PixelOperation<BrightenParameters> = {
  kind: 'pixels',
  name: 'brighten',
  description: 'Make a region brighter, or darker with a negative amount.',
  parameters,
  example: { amount: 0.5 },
  phrasings: [
    {
      language: 'en',
      pattern: new RegExp(`^${before}(?:brighten|lighten|light up)(?:\\s+up)?\\s+(?<target>.+?)(?:\\s+up)?${by}$`),
      parameters: brighter,
    },
    { language: 'en', pattern: new RegExp(`^${before}(?:darken|dim)\\s+(?<target>.+?)${by}$`), parameters: darker },
    {
      language: 'en',
      pattern: new RegExp(
        `^(?:make|turn)\\s+(?<target>.+?)\\s+${degree}(?:brighter|bright|lighter)(?:\\s+by\\s+(?<percent>\\d+)\\s*(?:%|percent))?$`,
      ),
      parameters: brighter,
    },
    {
      language: 'en',
      pattern: new RegExp(
        `^(?:make|turn)\\s+(?<target>.+?)\\s+${degree}(?:darker|dark|dimmer|dim)(?:\\s+by\\s+(?<percent>\\d+)\\s*(?:%|percent))?$`,
      ),
      parameters: darker,
    },
    {
      language: 'en',
      pattern:
        /^(?:increase|raise|turn up|boost)\s+the\s+brightness\s+of\s+(?<target>.+?)(?:\s+by\s+(?<percent>\d+)\s*(?:%|percent))?$/,
      parameters: brighter,
    },
    {
      language: 'en',
      pattern:
        /^(?:decrease|lower|reduce|turn down)\s+the\s+brightness\s+of\s+(?<target>.+?)(?:\s+by\s+(?<percent>\d+)\s*(?:%|percent))?$/,
      parameters: darker,
    },
    {
      language: 'ko',
      pattern: new RegExp(`^${koreanTarget}(?:을|를|은|는|이|가|만)?\\s*${koreanAmount}(?:밝게|환하게|밝아지게).*$`),
      parameters: brighter,
    },
    {
      language: 'ko',
      pattern: new RegExp(
        `^${koreanTarget}(?:을|를|은|는|이|가|만)?\\s*${koreanAmount}(?:어둡게|컴컴하게|어두워지게).*$`,
      ),
      parameters: darker,
    },
    {
      language: 'ko',
      pattern: new RegExp(`^(?<target>.+?)(?:의)?\\s*밝기(?:를|을)?\\s*${koreanAmount}(?:높|올|키우|키워|늘).*$`),
      parameters: brighter,
    },
    {
      language: 'ko',
      pattern: new RegExp(`^(?<target>.+?)(?:의)?\\s*밝기(?:를|을)?\\s*${koreanAmount}(?:낮|내려|내리|줄).*$`),
      parameters: darker,
    },
  ],
  apply(pixels, { amount }) {
    return expose(pixels, exposureCurve(amount * stopsAtFull));
  },
  measure(before, after, { amount }, alpha) {
    const [old, now] = [meanLight(before, alpha), meanLight(after, alpha)];
    const expected = meanLight(before, alpha, exposureCurve(amount * stopsAtFull));
    const evidence = `mean luminance ${old.toFixed(4)} before, ${now.toFixed(4)} after (linear, 0..1; ${expected.toFixed(4)} expected)`;
    const wanted = expected - old;
    return { done: Math.abs(wanted) > visible && (now - old) / wanted >= leastShare, evidence };
  },
};
