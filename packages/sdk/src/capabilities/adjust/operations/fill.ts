import { z } from 'zod';
import { colourParameter, requireColour } from '../colour/colour-parameter.ts';
import { colourPattern } from '../colour/colours.ts';
import type { PixelOperation } from '../operation.ts';
import { colourPhrasings, readColour } from '../phrasing/colour-phrasings.ts';
import { rowStep } from '../pixel-work/row-step.ts';

const parameters = z.object({ colour: colourParameter }).strict();

type FillParameters = z.infer<typeof parameters>;

/** Largest difference a channel may have from the asked colour and still count as that colour: rounding, no more. */
const tolerance = 2;

const withColour = (verbs: string): RegExp =>
  new RegExp(
    `^(?:${verbs})\\s+(?:in\\s+)?(?<target>.+?)\\s+(?:with|in|by|for)\\s+(?:an?\\s+|the\\s+)?(?:(?:solid|plain|flat|pure)\\s+)?(?:colou?r\\s+)?(?<colour>${colourPattern})(?:\\s+(?:colou?r|backdrop|background|one))?$`,
  );

export const fill: PixelOperation<FillParameters> = {
  kind: 'pixels',
  name: 'fill',
  description:
    'Cover a region with one flat, opaque colour, for instance a white background. To tint a thing and keep its shading, recolour it.',
  parameters,
  example: { colour: 'white' },
  phrasings: [
    { language: 'en', pattern: withColour('fill|cover|flood'), parameters: readColour },
    // "Replace the apple with an orange" is no fill.
    { language: 'en', pattern: withColour('replace|swap'), onlyFor: 'background', parameters: readColour },
    {
      language: 'ko',
      pattern: new RegExp(
        `^(?<target>.+?)(?:을|를|은|는|이|가|에)?\\s+(?:단색\\s*)?(?<colour>${colourPattern})\\s*(?:배경|단색)?(?:으로|로)?\\s*(?:가득\\s*)?(?:채우|채워|채울|덮).*$`,
      ),
      parameters: readColour,
    },
    // What is said of a thing's paint means a flat colour when it is said of the background.
    ...colourPhrasings.map((phrasing) => ({ ...phrasing, onlyFor: 'background' as const })),
  ],
  apply({ data }, { colour }, _alpha) {
    const { r, g, b } = requireColour(colour);
    const result = new Uint8Array(data.length);
    // One 32-bit word a pixel; little-endian, as every platform of Node is.
    new Uint32Array(result.buffer).fill(((255 << 24) | (b << 16) | (g << 8) | r) >>> 0);
    return result;
  },
  measure(_before, after, { colour }, alpha) {
    const { r, g, b } = requireColour(colour);
    const { width, height, data } = after;
    const step = rowStep(width, height);
    let count = 0;
    let same = 0;
    for (let y = 0; y < height; y += step) {
      for (let index = y * width; index < (y + 1) * width; index++) {
        if (alpha[index] < 255) continue;
        count++;
        const pixel = index * 4;
        const isNear =
          Math.abs(data[pixel] - r) <= tolerance &&
          Math.abs(data[pixel + 1] - g) <= tolerance &&
          Math.abs(data[pixel + 2] - b) <= tolerance;
        if (isNear && data[pixel + 3] === 255) same++;
      }
    }
    const share = count === 0 ? 0 : same / count;
    return { done: share >= 0.99, evidence: `${(share * 100).toFixed(1)} % of the region is rgb(${r}, ${g}, ${b})` };
  },
};
