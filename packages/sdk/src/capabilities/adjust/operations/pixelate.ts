import { z } from 'zod';
import type { PixelOperation } from '../operation.ts';
import { meanOfBlocks } from '../pixel-work/blocks.ts';
import { shareOfEqualNeighbours } from '../pixel-work/detail.ts';
import { regionShape } from '../pixel-work/region.ts';

const parameters = z
  .object({
    block: z
      .number()
      .int()
      .min(2)
      .max(1000)
      .optional()
      .describe(
        'Side of one square in pixels, 2 to 1000. Left out: about five and a half squares across the shorter side of the region, or 3 % of its size where it lies around a thing.',
      ),
  })
  .strict();

type PixelateParameters = z.infer<typeof parameters>;

const smallestDefault = 4;

/** Coarser than what people still recognise: a face at eight squares across keeps its smile. */
const squaresAcross = 5.5;
/** For long regions, a name or a number plate, whose height says little. */
const leastShare = 0.11;

/** A thing must become unreadable; a background keeps its layout. */
function defaultBlock(width: number, height: number, alpha: Uint8Array): number {
  const { side, shorter, surrounds } = regionShape(width, height, alpha);
  const block = surrounds ? side * 0.03 : Math.max(shorter / squaresAcross, side * leastShare);
  return Math.min(1000, Math.max(smallestDefault, Math.round(block)));
}

const blockOf = (groups: Readonly<Record<string, string | undefined>>): Record<string, unknown> =>
  groups.block === undefined ? {} : { block: Number(groups.block) };

export const pixelate: PixelOperation<PixelateParameters> = {
  kind: 'pixels',
  name: 'pixelate',
  description: 'Replace a region by large flat squares, to censor a face, a name or a number plate.',
  parameters,
  example: { block: 16 },
  phrasings: [
    {
      language: 'en',
      pattern:
        /^(?:pixelate|pixellate|pixelize|mosaic|censor|anonymi[sz]e)(?:\s+out)?\s+(?<target>.+?)(?:\s+out)?(?:\s+(?:by|with(?: blocks of)?|in)\s+(?<block>\d+)\s*(?:px|pixels?)?(?:\s+blocks)?)?$/,
      parameters: blockOf,
    },
    {
      language: 'en',
      pattern: /^(?:make|turn)\s+(?<target>.+?)\s+(?:look\s+)?(?:pixelated|pixellated|into (?:a )?mosaic|blocky)$/,
      parameters: () => ({}),
    },
    {
      language: 'en',
      pattern: /^(?:put|apply|add)\s+(?:a\s+)?(?:mosaic|pixelation)\s+(?:on|to|over)\s+(?<target>.+)$/,
      parameters: () => ({}),
    },
    {
      // What is hidden for the sake of somebody's privacy is covered, not taken away.
      language: 'en',
      pattern:
        /^(?:hide|obscure|conceal|cover(?: up)?|mask(?: out)?|redact)\s+(?<target>(?:.+\s)?(?:faces?|identity|eyes|(?:number|licen[cs]e) ?plates?|names?|phone numbers?|address(?:es)?))$/,
      parameters: () => ({}),
    },
    {
      language: 'ko',
      pattern:
        /^(?<target>(?:.+\s?)?(?:얼굴|눈|신원|번호판|이름|전화번호|주소)(?:들)?)(?:을|를|만|은|는)?\s*(?:좀\s*)?(?:가려|가리|숨겨|숨기|감춰|감추).*$/,
      parameters: () => ({}),
    },
    {
      language: 'ko',
      pattern:
        /^(?<target>.+?)(?:을|를|은|는|이|가|에|에다|에다가|만)?\s*(?:(?<block>\d+)\s*(?:px|픽셀)\s*(?:크기로|로|씩)?\s*)?(?:모자이크|픽셀화|픽셀처럼|픽셀로|검열|도트로).*$/,
      parameters: blockOf,
    },
  ],
  apply(pixels, { block }, alpha) {
    return meanOfBlocks(pixels, block ?? defaultBlock(pixels.width, pixels.height, alpha), alpha);
  },
  measure(before, after, { block }, alpha) {
    // Asked of neighbours, not of squares: the picture given here may be cut elsewhere than the one that was changed.
    const [old, now] = [shareOfEqualNeighbours(before, alpha), shareOfEqualNeighbours(after, alpha)];
    const expected = 1 - 1 / (block ?? smallestDefault);
    const evidence = `${(now * 100).toFixed(0)} % of the pixels equal their neighbour (before ${(old * 100).toFixed(0)} %)`;
    return { done: now >= 0.9 * expected, evidence };
  },
};
