import { describe, expect, it } from 'vitest';
import { at, everywhere, paint, weights, withData } from '../__fixtures__/pixels.ts';
import { pixelate } from './pixelate.ts';

const noisy = paint(64, 48, (x, y) => [(x * 37 + y * 91) % 256, (x * 11) % 256, (y * 29) % 256]);

describe('pixelate', () => {
  it('makes every square one colour, its mean', () => {
    const result = withData(noisy, pixelate.apply(noisy, { block: 8 }, everywhere(noisy)));
    let sum = 0;
    for (let y = 8; y < 16; y++) for (let x = 16; x < 24; x++) sum += at(noisy, x, y)[0];
    for (let y = 8; y < 16; y++) for (let x = 16; x < 24; x++) expect(at(result, x, y)).toEqual(at(result, 16, 8));
    expect(at(result, 16, 8)[0]).toBe(Math.round(sum / 64));
  });

  it('lets squares hold only what lies in the region', () => {
    const half = paint(16, 8, (x) => (x < 4 ? [255, 0, 0] : [0, 0, 255]));
    const right = weights(16, 8, (x) => (x < 4 ? 0 : 255));
    expect(at(withData(half, pixelate.apply(half, { block: 8 }, right)), 5, 5)).toEqual([0, 0, 255, 255]);
  });

  it('measures the loss of detail', () => {
    const alpha = everywhere(noisy);
    const result = withData(noisy, pixelate.apply(noisy, {}, alpha));
    expect(pixelate.measure(noisy, result, {}, alpha).done).toBe(true);
    expect(pixelate.measure(noisy, noisy, {}, alpha).done).toBe(false);
  });

  it('cuts a thing into five or six squares across', () => {
    const pixels = paint(200, 200, (x, y) => [(x * 37 + y * 91) % 256, 0, 0]);
    const thing = weights(200, 200, (x, y) => (x >= 50 && x < 150 && y >= 50 && y < 150 ? 255 : 0));
    expect(pixelate.apply(pixels, {}, thing)).toEqual(pixelate.apply(pixels, { block: 18 }, thing));
  });

  it('leaves fewer squares than a number plate has strokes', () => {
    const pixels = paint(300, 100, (x, y) => [(x * 37 + y * 91) % 256, 0, 0]);
    const plate = weights(300, 100, (x, y) => (x >= 30 && x < 270 && y >= 30 && y < 70 ? 255 : 0));
    expect(pixelate.apply(pixels, {}, plate)).toEqual(pixelate.apply(pixels, { block: 11 }, plate));
  });

  it.each([{ block: 1 }, { block: 2.5 }, { blocks: 4 }])('refuses %j', (parameters) => {
    expect(pixelate.parameters.safeParse(parameters).success).toBe(false);
  });
});
