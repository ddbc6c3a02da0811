import { describe, expect, it } from 'vitest';
import { Mask } from '../../../image/mask.ts';
import { squares, squaresOn } from '../../__fixtures__/squares.ts';
import { createVisionContext } from '../../vision.ts';
import { at, everywhere, paint, weights, withData } from '../__fixtures__/pixels.ts';
import { adjust } from '../adjust.ts';
import { lineAround } from '../pixel-work/line-around.ts';
import { outline } from './outline.ts';

const size = 121;
const centre = size / 2;
const radius = 30;
const disc = weights(size, size, (x, y) => (Math.hypot(x + 0.5 - centre, y + 0.5 - centre) < radius ? 255 : 0));
const grey = paint(size, size, () => [120, 120, 120]);

/** Between the centres of four pixels. */
function between(cover: Float32Array, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const row = (at: number): number =>
    cover[at * size + left] * (1 - x + left) + cover[at * size + left + 1] * (x - left);
  return row(top) * (1 - y + top) + row(top + 1) * (y - top);
}

/** How much of the line lies on a ray from the centre: its width and its middle, pixels. */
function alongRay(cover: Float32Array, angle: number): { width: number; middle: number } {
  const step = 0.1;
  let [sum, moment] = [0, 0];
  for (let r = 0; r < 58; r += step) {
    const [x, y] = [centre + r * Math.cos(angle), centre + r * Math.sin(angle)];
    const value = between(cover, x - 0.5, y - 0.5);
    sum += value * step;
    moment += value * step * r;
  }
  return { width: sum, middle: moment / sum };
}

describe('outline', () => {
  it.each([2, 5, 9])('draws a line %d pixels wide, as wide in every direction, from the outline outwards', (width) => {
    const cover = lineAround(disc, size, size, width);
    for (let angle = 0; angle < 2 * Math.PI; angle += 0.19) {
      const line = alongRay(cover, angle);
      // It reaches a little over the thing's edge.
      expect(Math.abs(line.width - width - 0.4)).toBeLessThan(0.9);
      expect(Math.abs(line.middle - (radius + width / 2))).toBeLessThan(0.3);
    }
  });

  it('is smooth: both edges of the line pass through shares of pixels', () => {
    const cover = lineAround(disc, size, size, 5);
    const partial = cover.filter((share) => share > 0.1 && share < 0.9).length;
    // Two circles, of about 30 and 35 pixels: an edge pixel for every second pixel of their length at least.
    expect(partial).toBeGreaterThan(2 * Math.PI * (30 + 35) * 0.5);
  });

  it('returns all other pixels as they were, and keeps thin things', () => {
    const thin = weights(60, 40, (x, y) => (x === 30 && y > 8 && y < 32 ? 255 : 0));
    const small = paint(60, 40, (x, y) => [x, y, 7, 255]);
    const result = withData(small, outline.apply(small, { colour: 'red', width: 3 }, thin));
    expect(at(result, 32, 20).slice(0, 3)).toEqual([216, 30, 30]);
    for (const x of [5, 20, 25, 36, 55]) expect(at(result, x, 20)).toEqual(at(small, x, 20));
  });

  it('frames a whole picture on the inside', () => {
    const result = withData(grey, outline.apply(grey, { colour: 'white', width: 4 }, everywhere(grey)));
    expect(at(result, 3, 60)).toEqual([255, 255, 255, 255]);
    expect(at(result, 60, 117)).toEqual([255, 255, 255, 255]);
    expect(at(result, 4, 60)).toEqual([120, 120, 120, 255]);
  });

  it('measures whether the line is there', () => {
    const parameters = { colour: 'blue', width: 5 };
    const result = withData(grey, outline.apply(grey, parameters, disc));
    expect(outline.measure(grey, result, parameters, disc).done).toBe(true);
    expect(outline.measure(grey, grey, parameters, disc).done).toBe(false);
    expect(outline.measure(grey, result, { ...parameters, colour: 'yellow' }, disc).done).toBe(false);
  });

  it('paints around a thing in a picture, and nothing farther away', async () => {
    const image = await squaresOn(90, 70, [{ colour: 'red', x: 30, y: 20, side: 24 }]);
    const mask = Mask.fromBox(image, { x: 30, y: 20, width: 24, height: 24 });
    const edit = await adjust(createVisionContext([squares()]), image, {
      mask,
      operation: 'outline',
      parameters: { colour: 'white', width: 4 },
    });
    expect(edit.verified).toMatchObject({ ok: true, by: 'pixels' });
    expect(edit.receipt.changedOutsideMask).toBe(0);
    expect(edit.receipt.areas.selected).toBe(mask.area);
    expect(at(edit.image, 27, 32)).toEqual([255, 255, 255, 255]);
    expect(at(edit.image, 42, 32)).toEqual(at(image, 42, 32));
    expect(at(edit.image, 20, 32)).toEqual(at(image, 20, 32));
  });

  it.each([{ width: 0 }, { width: 'huge' }, { colour: 'shiny' }])('refuses %j', (parameters) =>
    expect(outline.parameters.safeParse(parameters).success).toBe(false),
  );
});
