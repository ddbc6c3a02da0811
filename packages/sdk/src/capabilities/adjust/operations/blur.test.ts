import { describe, expect, it } from 'vitest';
import { at, everywhere, paint, weights, withData } from '../__fixtures__/pixels.ts';
import { blur } from './blur.ts';

const stripes = paint(60, 40, (x) => (x % 2 === 0 ? [0, 0, 0] : [200, 200, 200]));

describe('blur', () => {
  it('keeps a flat picture exactly as it is', () => {
    const flat = paint(30, 20, () => [10, 120, 250]);
    expect(blur.apply(flat, { radius: 5 }, everywhere(flat))).toEqual(flat.data);
  });

  it('averages detail away and measures that', () => {
    const result = blur.apply(stripes, { radius: 4 }, everywhere(stripes));
    expect(Math.abs(at(withData(stripes, result), 30, 20)[0] - 100)).toBeLessThanOrEqual(2);
    expect(blur.measure(stripes, withData(stripes, result), {}, everywhere(stripes)).done).toBe(true);
    expect(blur.measure(stripes, stripes, {}, everywhere(stripes)).done).toBe(false);
  });

  it('spreads a point by the standard deviation asked for', () => {
    const sigma = 6;
    const point = paint(101, 101, (x, y) => (x >= 48 && x <= 52 && y >= 48 && y <= 52 ? [255, 255, 255] : [0, 0, 0]));
    const result = withData(point, blur.apply(point, { radius: sigma }, everywhere(point)));
    let [sum, variance] = [0, 0];
    for (let y = 0; y < 101; y++) {
      for (let x = 0; x < 101; x++) {
        const value = at(result, x, y)[0];
        sum += value;
        variance += value * (x - 50) ** 2;
      }
    }
    // The source square adds a variance of 2 of its own; rounding to bytes cuts the tails.
    expect(Math.sqrt(variance / sum - 2)).toBeGreaterThan(sigma * 0.8);
    expect(Math.sqrt(variance / sum - 2)).toBeLessThan(sigma * 1.1);
  });

  it('takes nothing from outside the region, so that a blurred background has no halo', () => {
    const half = paint(80, 20, (x) => (x < 40 ? [255, 0, 0] : [0, 0, 255]));
    const right = weights(80, 20, (x) => (x < 40 ? 0 : 255));
    const result = withData(half, blur.apply(half, { radius: 8 }, right));
    expect(at(result, 40, 10)).toEqual([0, 0, 255, 255]);
    expect(at(result, 79, 10)).toEqual([0, 0, 255, 255]);
  });

  it('takes no colour from transparent pixels and keeps alpha', () => {
    const pixels = paint(40, 10, (x) => (x < 20 ? [0, 255, 0, 0] : [200, 0, 0, 255]));
    const result = withData(pixels, blur.apply(pixels, { radius: 4 }, everywhere(pixels)));
    expect(at(result, 20, 5)).toEqual([200, 0, 0, 255]);
    expect(at(result, 0, 5)[3]).toBe(0);
  });

  it('blurs a thing more strongly, for its size, than a background', () => {
    const face = weights(60, 40, (x, y) => (x > 20 && x < 40 && y > 10 && y < 30 ? 255 : 0));
    const noisy = paint(60, 40, (x, y) => [((x * 73 + y * 151) * 2654435761) % 251, 0, 0]);
    const thing = blur.apply(noisy, {}, face);
    expect(thing).toEqual(blur.apply(noisy, { radius: 0.13 * 19 }, face));
    const large = paint(400, 400, (x, y) => [((x * 73 + y * 151) * 2654435761) % 251, 0, 0]);
    const background = weights(400, 400, (x, y) => (Math.hypot(x - 200, y - 200) < 60 ? 0 : 255));
    const disc = background.map((weight) => 255 - weight);
    const sigmaOfDisc = 0.13 * 119;
    expect(blur.apply(large, {}, disc)).toEqual(blur.apply(large, { radius: sigmaOfDisc }, disc));
    const sigmaAround = 0.025 * Math.sqrt(background.reduce((sum, weight) => sum + weight / 255, 0));
    expect(blur.apply(large, {}, background)).toEqual(blur.apply(large, { radius: sigmaAround }, background));
  });

  it('hides a face whose mask fills the crop, corners aside', () => {
    const noisy = paint(100, 100, (x, y) => [((x * 73 + y * 151) * 2654435761) % 251, 0, 0]);
    expect(blur.apply(noisy, {}, everywhere(noisy))).toEqual(blur.apply(noisy, { radius: 13 }, everywhere(noisy)));
  });

  it.each([{ radius: 0 }, { radius: 501 }, { radius: '4' }, { size: 3 }])('refuses %j', (parameters) => {
    expect(blur.parameters.safeParse(parameters).success).toBe(false);
  });
});
