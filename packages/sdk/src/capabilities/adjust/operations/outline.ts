import { z } from 'zod';
import { colourParameter, requireColour } from '../colour/colour-parameter.ts';
import type { Colour } from '../colour/colours.ts';
import type { PixelOperation } from '../operation.ts';
import { outlinePhrasings } from '../phrasing/outline-phrasings.ts';
import { lineAround, lineReach, sideOf } from '../pixel-work/line-around.ts';

const parameters = z
  .object({
    colour: colourParameter.default('white'),
    width: z
      .union([z.number().min(0.5).max(200), z.enum(['thin', 'thick'])])
      .optional()
      .describe(
        'Of the line: pixels, 0.5 to 200, or "thin" or "thick". Left out: 1.8 % of the size of the thing, 2 pixels at least.',
      ),
  })
  .strict();

type OutlineParameters = z.infer<typeof parameters>;

/** Shares of the side of the square with the thing's area. */
const shares = { thin: 0.008, usual: 0.018, thick: 0.045 } as const;
const narrowest = { thin: 1, usual: 2, thick: 4 } as const;

function lineWidth({ width }: OutlineParameters, side: number): number {
  if (typeof width === 'number') return width;
  const kind = width ?? 'usual';
  return Math.min(200, Math.max(narrowest[kind], shares[kind] * side));
}

/** Largest difference of a channel from the asked colour that still counts as that colour. */
const tolerance = 24;

/** The colour over a pixel, by so much, with straight alpha. */
function paintOver(data: Uint8Array, at: number, { r, g, b }: Colour, cover: number): void {
  const below = (data[at + 3] / 255) * (1 - cover);
  const opacity = cover + below;
  data[at] = Math.round((r * cover + data[at] * below) / opacity);
  data[at + 1] = Math.round((g * cover + data[at + 1] * below) / opacity);
  data[at + 2] = Math.round((b * cover + data[at + 2] * below) / opacity);
  data[at + 3] = Math.round(opacity * 255);
}

/** Places just outside of the thing, on the left and right of each row of it: a line at least `reach` wide covers them. */
function* placesBeside(alpha: Uint8Array, width: number, reach: number): Generator<number> {
  for (let start = 0; start < alpha.length; start += width) {
    for (let x = 1; x < width; x++) {
      const [before, now] = [alpha[start + x - 1] >= 128, alpha[start + x] >= 128];
      if (before === now) continue;
      const beside = before ? x - 1 + reach : x - reach;
      if (beside >= 0 && beside < width && alpha[start + beside] < 128) yield start + beside;
    }
  }
}

export const outline: PixelOperation<OutlineParameters> = {
  kind: 'pixels',
  name: 'outline',
  description:
    'Draw a line around a thing, along its own outline, from there outwards: a highlight, or the border of a sticker.',
  parameters,
  example: { colour: 'red' },
  phrasings: outlinePhrasings,
  reach: (parameters, side) => lineReach(lineWidth(parameters, side), side),
  apply(pixels, parameters, alpha) {
    const colour = requireColour(parameters.colour);
    const cover = lineAround(alpha, pixels.width, pixels.height, lineWidth(parameters, sideOf(alpha)));
    const result = Uint8Array.from(pixels.data);
    for (let index = 0; index < cover.length; index++)
      if (cover[index] > 0) paintOver(result, index * 4, colour, cover[index]);
    return result;
  },
  measure(_before, { width, data }, parameters, alpha) {
    const { r, g, b } = requireColour(parameters.colour);
    // In the middle of the narrowest line; smoothing moves the outline of corners by about a pixel.
    const reach = Math.max(1, Math.round(lineWidth(parameters, sideOf(alpha)) / 2));
    let [places, painted] = [0, 0];
    const look = (index: number): void => {
      const at = index * 4;
      const difference = Math.max(Math.abs(data[at] - r), Math.abs(data[at + 1] - g), Math.abs(data[at + 2] - b));
      places++;
      if (difference <= tolerance && data[at + 3] >= 128) painted++;
    };
    for (const index of placesBeside(alpha, width, reach)) look(index);
    // A thing that is all of the picture has its line along the edge.
    if (places === 0) for (let start = 0; start < alpha.length; start += width) if (alpha[start] >= 128) look(start);
    const share = places === 0 ? 0 : painted / places;
    return {
      done: share >= 0.85,
      evidence: `${(share * 100).toFixed(0)} % of the outline carries rgb(${r}, ${g}, ${b})`,
    };
  },
};
