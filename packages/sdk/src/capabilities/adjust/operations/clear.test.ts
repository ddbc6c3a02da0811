import { describe, expect, it } from 'vitest';
import { at, paint, weights, withData } from '../__fixtures__/pixels.ts';
import { clear } from './clear.ts';

const pixels = paint(4, 1, (x) => [10 * x + 5, 50, 60]);
const alpha = weights(4, 1, (x) => [0, 128, 255, 255][x]);

describe('clear', () => {
  it('proposes alpha 0 everywhere and leaves no colour under what is wholly removed', () => {
    const result = withData(pixels, clear.apply(pixels, {}, alpha));
    expect(at(result, 1, 0)).toEqual([15, 50, 60, 0]);
    expect(at(result, 2, 0)).toEqual([0, 0, 0, 0]);
  });

  it('leaves its input alone', () => {
    const before = Uint8Array.from(pixels.data);
    clear.apply(pixels, {}, alpha);
    expect(pixels.data).toEqual(before);
  });

  it('measures alpha', () => {
    const result = withData(pixels, clear.apply(pixels, {}, alpha));
    expect(clear.measure(pixels, result, {}, alpha)).toEqual({
      done: true,
      evidence: '100.0 % of the region is fully transparent',
    });
    expect(clear.measure(pixels, pixels, {}, alpha).done).toBe(false);
    expect(clear.measure(pixels, result, {}, new Uint8Array(4)).done).toBe(false);
  });

  it('takes no parameters', () => expect(clear.parameters.safeParse({ colour: 'white' }).success).toBe(false));
});
