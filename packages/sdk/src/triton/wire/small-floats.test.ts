import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from './index.ts';

const allBits = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits);

/** The host's own half floats, in engines since 2025; the library types do not have them yet. */
const view = new DataView(new ArrayBuffer(8)) as DataView & {
  setFloat16(offset: number, value: number): void;
  getFloat16(offset: number): number;
};
const hostFloat16 = (value: number): number => {
  view.setFloat16(0, value);
  return view.getUint16(0);
};

/** bfloat16 by its definition: the nearest of all its values, of two equally near the even one. */
const finiteBfloats = Array.from(fromBfloat16(allBits.subarray(0, 0x7f80)));
function nearestBfloat16(value: number): number {
  const magnitude = Math.abs(value);
  const sign = Object.is(Math.abs(value), value) ? 0 : 0x8000;
  let low = 0;
  let high = finiteBfloats.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((finiteBfloats[middle] ?? 0) <= magnitude) low = middle;
    else high = middle;
  }
  // Beyond the largest comes what would be the next power of two: infinity.
  if (magnitude > (finiteBfloats[high] ?? 0)) [low, high] = [high, high + 1];
  const below = magnitude - (finiteBfloats[low] ?? 0);
  const above = (finiteBfloats[high] ?? 2 ** 128) - magnitude;
  return sign | (below < above || (below === above && low % 2 === 0) ? low : high);
}

const anyDouble = fc.oneof(
  fc.double({ noNaN: true }),
  fc.float({ noNaN: true }),
  fc.double({ noNaN: true, min: -70_000, max: 70_000 }),
  fc.double({ noNaN: true, min: -(2 ** -13), max: 2 ** -13 }),
);

describe('float16', () => {
  it('reads every bit pattern like the host', () => {
    const numbers = fromFloat16(allBits);
    for (const bits of allBits) {
      view.setUint16(0, bits);
      expect(Object.is(numbers[bits], view.getFloat16(0)), `bits ${bits}`).toBe(true);
    }
  });

  it('writes every value of its own back to the same bits', () => {
    const back = toFloat16(fromFloat16(allBits));
    for (const bits of allBits) {
      const isNotNumber = (bits & 0x7c00) === 0x7c00 && (bits & 0x3ff) !== 0;
      if (isNotNumber) expect((back[bits] ?? 0) & 0x7fff).toBe(0x7e00);
      else expect(back[bits]).toBe(bits);
    }
  });

  it('rounds halfway between every two neighbours, and beside it, like the host', () => {
    const numbers = Array.from(fromFloat16(allBits.subarray(0, 0x7c00)));
    for (let bits = 0; bits < 0x7c00; bits++) {
      const middle = ((numbers[bits] ?? 0) + (numbers[bits + 1] ?? 65_536)) / 2;
      // So near that a detour over float32 would round to the middle first.
      const values = [middle, middle * (1 + 2 ** -50), middle * (1 - 2 ** -50), -middle];
      expect([...toFloat16(values)], `beside bits ${bits}`).toEqual(values.map(hostFloat16));
    }
  });

  it('rounds any number like the host', () => {
    fc.assert(
      fc.property(anyDouble, (value) => {
        expect(toFloat16([value])[0]).toBe(hostFloat16(value));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('float32 arrays, which are converted on their bits,', () => {
  /** Every exponent with fractions on and beside the middle between two neighbours, both signs; infinity too. */
  const words = Uint32Array.from({ length: 512 * 64 }, (_, index) => {
    const near = [0, 1, 0xfff, 0x1000, 0x1001, 0x1fff, 0x2000, 0x2fff, 0x3000, 0x3001, 0x7fff, 0x8000, 0x8001, 0x18000];
    const fraction = ((near[index % near.length] ?? 0) + (index % 64) * 0x1f000) & 0x7fffff;
    return (((index >>> 6) << 23) | fraction) >>> 0;
  });
  // The sign of a NaN need not survive in an array of numbers.
  const singles = new Float32Array(words.buffer).filter((value) => !Number.isNaN(value));

  it.each([
    ['float16', toFloat16],
    ['bfloat16', toBfloat16],
  ])('give the same %s as plain numbers', (_, convert) => {
    expect(convert(singles)).toEqual(convert(Array.from(singles)));
    const random = fc.float32Array({ noNaN: true });
    fc.assert(
      fc.property(random, (values) => {
        expect(convert(values)).toEqual(convert(Array.from(values)));
      }),
    );
  });
});

describe('bfloat16', () => {
  it('writes every value of its own back to the same bits', () => {
    const back = toBfloat16(fromBfloat16(allBits));
    for (const bits of allBits) {
      const isNotNumber = (bits & 0x7f80) === 0x7f80 && (bits & 0x7f) !== 0;
      if (isNotNumber) expect((back[bits] ?? 0) & 0x7fff).toBe(0x7fc0);
      else expect(back[bits]).toBe(bits);
    }
  });

  it('rounds halfway between every two neighbours to even', () => {
    for (let bits = 0; bits < 0x7f80; bits++) {
      const middle = ((finiteBfloats[bits] ?? 0) + (finiteBfloats[bits + 1] ?? 2 ** 128)) / 2;
      const even = bits + (bits % 2);
      const values = [middle, middle * (1 + 2 ** -50), middle * (1 - 2 ** -50), -middle];
      expect([...toBfloat16(values)], `beside bits ${bits}`).toEqual([even, bits + 1, bits, 0x8000 | even]);
    }
  });

  it('rounds any number to the nearest', () => {
    fc.assert(
      fc.property(anyDouble, (value) => {
        expect(toBfloat16([value])[0]).toBe(
          Number.isFinite(value) ? nearestBfloat16(value) : value > 0 ? 0x7f80 : 0xff80,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads the values that its bits stand for', () => {
    expect([...fromBfloat16(Uint16Array.of(0x3f80, 0xc000, 0x7f80, 0xff80, 0x0001, 0x7f7f))]).toEqual([
      1,
      -2,
      Infinity,
      -Infinity,
      2 ** -133,
      (2 - 2 ** -7) * 2 ** 127,
    ]);
    expect(fromBfloat16(Uint16Array.of(0x7fc0))[0]).toBeNaN();
  });
});
