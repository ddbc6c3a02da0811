import { describe, expect, it } from 'vitest';
import { at, ball, everywhere, paint, withData } from '../__fixtures__/pixels.ts';
import { chromaOf, hueDistance, hueOf, oklabOfBytes } from '../pixel-work/oklab.ts';
import { recolour } from './recolour.ts';

const labAt = (pixels: Parameters<typeof at>[0], x: number, y: number) => {
  const [r, g, b] = at(pixels, x, y);
  return oklabOfBytes(r, g, b);
};

const things = {
  'dark red': ball(100, [150, 30, 20]),
  white: ball(100, [235, 235, 232]),
  black: ball(100, [28, 28, 30]),
  yellow: ball(100, [230, 200, 40]),
} as const;

describe('recolour', () => {
  for (const [name, { pixels, alpha }] of Object.entries(things)) {
    it.each(['blue', 'green', 'black', 'white', 'pink', 'brown'])(
      `repaints a ${name} ball %s, and measures it`,
      (colour) => {
        const result = withData(pixels, recolour.apply(pixels, { colour }, alpha));
        const evidence = recolour.measure(pixels, result, { colour }, alpha);
        expect(evidence).toMatchObject({ done: true });
      },
    );
  }

  it('does not claim a change that did not happen', () => {
    const { pixels, alpha } = things['dark red'];
    for (const colour of ['blue', 'white', 'black', 'green']) {
      expect(recolour.measure(pixels, pixels, { colour }, alpha).done).toBe(false);
    }
  });

  it('keeps the order of light and shade', () => {
    const { pixels, alpha } = things['dark red'];
    for (const colour of ['blue', 'white', 'black', 'yellow']) {
      const result = withData(pixels, recolour.apply(pixels, { colour }, alpha));
      const lit = labAt(result, 45, 25).L;
      const shaded = labAt(result, 65, 70).L;
      expect(lit, colour).toBeGreaterThan(shaded + 0.02);
    }
  });

  it('keeps the highlight nearly white on black paint', () => {
    const { pixels, alpha } = things['dark red'];
    const result = withData(pixels, recolour.apply(pixels, { colour: 'black' }, alpha));
    expect(labAt(result, 34, 34).L).toBeGreaterThan(0.8);
    expect(labAt(result, 60, 60).L).toBeLessThan(0.3);
  });

  it('repaints only the main colour of a two-coloured thing', () => {
    // A red field with a white band and a green spot.
    const thing = paint(90, 90, (x, y) => {
      if (y > 40 && y < 55) return [240, 238, 235];
      if (Math.hypot(x - 20, y - 20) < 6) return [30, 160, 60];
      return [170 + ((x + y) % 5), 35, 25];
    });
    const result = withData(thing, recolour.apply(thing, { colour: 'blue' }, everywhere(thing)));
    expect(hueDistance(hueOf(labAt(result, 70, 70)), 262)).toBeLessThan(15);
    expect(chromaOf(labAt(result, 45, 47))).toBeLessThan(0.03);
    expect(at(result, 20, 20)).toEqual(at(thing, 20, 20));
  });

  it('changes nothing where the weight is 0 and keeps alpha', () => {
    const { pixels, alpha } = things.white;
    const see = Uint8Array.from(pixels.data, (value, index) => (index % 4 === 3 ? 200 : value));
    const result = withData(pixels, recolour.apply({ ...pixels, data: see }, { colour: 'red' }, alpha));
    expect(at(result, 0, 0)).toEqual([128, 128, 128, 200]);
    expect(at(result, 50, 50)[3]).toBe(200);
  });

  it('returns the picture for an empty region', () => {
    const { pixels } = things.white;
    const none = new Uint8Array(100 * 100);
    expect(recolour.apply(pixels, { colour: 'red' }, none)).toEqual(pixels.data);
    expect(recolour.measure(pixels, pixels, { colour: 'red' }, none).done).toBe(false);
  });
});
