import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AtelierError } from '../errors/atelier-error.ts';
import fixture from './__fixtures__/pycocotools-rle.json' with { type: 'json' };
import { decodeRle, encodeRle, type RleMask } from './rle.ts';

function unpack(base64: string, length: number): Uint8Array {
  const packed = Buffer.from(base64, 'base64');
  return Uint8Array.from({ length }, (_, index) => ((packed[index >> 3] ?? 0) >> (7 - (index & 7))) & 1);
}

const maskArbitrary = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .chain(([width, height]) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc.uint8Array({ min: 0, max: 1, minLength: width * height, maxLength: width * height }),
    }),
  );

describe('run-length masks equal to pycocotools', () => {
  it.each(fixture.cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const [height = 0, width = 0] = one.size;
    const data = unpack(one.bits, width * height);
    expect(encodeRle({ width, height, data })).toEqual({ size: one.size, counts: one.counts });
    expect(Buffer.compare(decodeRle({ size: [height, width], counts: one.counts }), data)).toBe(0);
  });
});

describe('encodeRle and decodeRle', () => {
  it('round-trip any mask', () => {
    fc.assert(
      fc.property(maskArbitrary, (mask) => {
        expect(decodeRle(encodeRle(mask))).toEqual(mask.data);
      }),
    );
  });

  it('counts every byte that is not 0 as set', () => {
    const data = Uint8Array.of(0, 255, 1, 7, 2, 0);
    const bits = Uint8Array.of(0, 1, 1, 1, 1, 0);
    expect(encodeRle({ width: 2, height: 3, data })).toEqual(encodeRle({ width: 2, height: 3, data: bits }));
  });

  it('reads masks that are views into a larger buffer', () => {
    const data = new Uint8Array(20).subarray(3, 15);
    data.set([1, 0, 1], 4);
    expect(decodeRle(encodeRle({ width: 4, height: 3, data }))).toEqual(new Uint8Array(data));
  });
});

describe('decodeRle refuses', () => {
  const refused: [string, unknown][] = [
    ['a character outside the alphabet', { size: [2, 2], counts: ' ' }],
    ['a character beyond ASCII', { size: [2, 2], counts: '中' }],
    ['a number that breaks off', { size: [2, 2], counts: 'P' }],
    ['a number without end', { size: [2, 2], counts: 'oooooooooooo' }],
    ['too few pixels', { size: [2, 2], counts: '3' }],
    ['too many pixels', { size: [2, 2], counts: '5' }],
    ['a negative run', { size: [2, 2], counts: 'O5' }],
    ['no runs', { size: [2, 2], counts: '' }],
    ['counts that are no string', { size: [2, 2], counts: [4] }],
    ['an empty size', { size: [0, 2], counts: '' }],
    ['a size in fractions', { size: [1.5, 2], counts: '3' }],
    ['a size of three numbers', { size: [1, 2, 3], counts: '6' }],
    ['no size', { counts: '4' }],
    ['a size that would exhaust memory', { size: [1_000_000, 1_000_000], counts: '' }],
  ];

  it.each(refused)('%s', (_name, rle) => {
    // The cast lets the test pass what the types forbid, as a JSON document can.
    const decode = () => decodeRle(rle as RleMask);
    expect(decode).toThrow(expect.objectContaining({ code: 'mask-invalid' }));
    expect(decode).toThrow(AtelierError);
  });

  it('anything but a mask, whatever the characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.integer({ min: 1, max: 50 }), (counts, side) => {
        try {
          expect(decodeRle({ size: [side, side], counts })).toHaveLength(side * side);
        } catch (error) {
          expect(error).toMatchObject({ code: 'mask-invalid' });
        }
      }),
    );
  });
});
