import { encodeRle } from '@atelier/sdk/image';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf } from './viewer/mask/outline.ts';
import { sampleMask } from './viewer/mask/sample-mask.ts';

const masks = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height, max: 1 })
      .map((data) => ({ width, height, data })),
  );

describe('sampleMask', () => {
  it("reads what the SDK's encoder writes, at the mask's own size", () => {
    fc.assert(
      fc.property(masks, (mask) => {
        expect(sampleMask(encodeRle(mask), mask.width, mask.height)?.data).toEqual(mask.data);
      }),
    );
  });

  it('takes the middle of every pixel it draws', () => {
    fc.assert(
      fc.property(masks, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (mask, width, height) => {
        const sampled = sampleMask(encodeRle(mask), width, height);
        const x = Math.floor(width / 3);
        const y = Math.floor(height / 2);
        const from = [Math.floor(((x + 0.5) * mask.width) / width), Math.floor(((y + 0.5) * mask.height) / height)];
        expect(sampled?.data[y * width + x]).toBe(mask.data[(from[1] ?? 0) * mask.width + (from[0] ?? 0)]);
      }),
    );
  });

  it.each([
    undefined,
    null,
    'text',
    { size: [2, 2] },
    { size: [2], counts: '4' },
    { size: [2, 2], counts: '5' },
    { size: [2, 2], counts: '' },
    { size: [2, 2], counts: '\u0001' },
    { size: [2, 2], counts: 'o' },
    { size: [1e9, 1e9], counts: '4' },
  ])('is undefined for what is no mask: %j', (value) => {
    expect(sampleMask(value, 2, 2)).toBeUndefined();
  });
});

describe('outlineOf', () => {
  it('goes around what is in the mask, straight edges in one piece, and not along the picture', () => {
    const data = Uint8Array.from([0, 0, 0, 0, 1, 1, 0, 1, 1]);
    expect(outlineOf({ width: 3, height: 3, data })).toEqual([
      [1, 1, 3, 1],
      [1, 1, 1, 3],
    ]);
  });
});
