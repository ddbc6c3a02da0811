import type { Pixels } from '@atelier/sdk/image';
import { describe, expect, it } from 'vitest';
import { fillHole } from '../fill-hole.ts';
import { splitHole } from './split-hole.ts';

type Colour = readonly [number, number, number];

function paint(width: number, height: number, colour: (x: number, y: number) => Colour): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([...colour(x, y), 255], (y * width + x) * 4);
  }
  return { width, height, data };
}

/** Paints the hole in a glaring colour, so that a look into it would show. */
function cutOut(picture: Pixels, inside: (x: number, y: number) => boolean): { holed: Pixels; hole: Uint8Array } {
  const hole = new Uint8Array(picture.width * picture.height);
  const data = Uint8Array.from(picture.data);
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (!inside(pixel % picture.width, Math.floor(pixel / picture.width))) continue;
    hole[pixel] = 1;
    data.set([255, 0, 255, 255], pixel * 4);
  }
  return { holed: { ...picture, data }, hole };
}

const noise = (x: number, y: number): number => (Math.imul(x * 374761393 + y * 668265263, 1274126177) >>> 24) / 24;
const ground = (x: number, y: number): Colour => {
  const wave = 30 * Math.sin(x / 4 + y / 9) + noise(x, y);
  return [170 + wave, 140 + wave, 90 + noise(y, x)];
};
const surface = (x: number, y: number): Colour => [60 + noise(x, y) / 3, 110 + noise(x, y) / 3, 170 - y / 8];

/** Overlap of the true shape and the pixels that look more like the surface than like the ground, inside the hole. */
function overlap(
  filled: Uint8Array,
  hole: Uint8Array,
  width: number,
  isShape: (x: number, y: number) => boolean,
): number {
  let both = 0;
  let either = 0;
  for (let pixel = 0; pixel < hole.length; pixel++) {
    if (hole[pixel] === 0) continue;
    const blue = filled[pixel * 4 + 2] > filled[pixel * 4] + 20;
    const shape = isShape(pixel % width, Math.floor(pixel / width));
    if (blue && shape) both++;
    if (blue || shape) either++;
  }
  return both / either;
}

describe('the layout of a hole', () => {
  it.each([
    ['a circle', 70, 70, 0],
    ['a tilted ellipse', 88, 60, 0.5],
  ])('completes %s that lacks a third of its rim', (_name, along, across, angle) => {
    const isShape = (x: number, y: number): boolean => {
      const u = (x - 120) * Math.cos(angle) + (y - 105) * Math.sin(angle);
      const v = (y - 105) * Math.cos(angle) - (x - 120) * Math.sin(angle);
      return (u / along) ** 2 + (v / across) ** 2 <= 1;
    };
    const truth = paint(240, 200, (x, y) => (isShape(x, y) ? surface(x, y) : ground(x, y)));
    const { holed, hole } = cutOut(truth, (x, y) => x > 50 && x < 175 && y > 15 && y < 85);
    expect(overlap(truth.data, hole, 240, isShape)).toBeGreaterThan(0.99);
    expect(splitHole(holed, hole, 1).disc).toBeDefined();
    const filled = fillHole(holed, hole, { seed: 1 });
    expect(overlap(filled, hole, 240, isShape)).toBeGreaterThanOrEqual(0.95);
  });

  it('keeps the surface smooth where the rim is completed: no patches of ground on it', () => {
    const isShape = (x: number, y: number): boolean => Math.hypot(x - 120, y - 105) <= 70;
    const truth = paint(240, 200, (x, y) => (isShape(x, y) ? surface(x, y) : ground(x, y)));
    const { holed, hole } = cutOut(truth, (x, y) => x > 50 && x < 175 && y > 15 && y < 85);
    const filled = fillHole(holed, hole, { seed: 4 });
    let worst = 0;
    for (let y = 50; y < 85; y++) {
      for (let x = 85; x < 155; x++) {
        const pixel = (y * 240 + x) * 4;
        worst = Math.max(worst, Math.abs(filled[pixel] - truth.data[pixel]));
      }
    }
    expect(worst).toBeLessThan(20);
  });

  it.each([
    ['a texture without outlines', ground],
    ['a horizon', (x: number, y: number): Colour => (y < 90 ? surface(x, y) : ground(x, y))],
    [
      'a whole disc beside the hole',
      (x: number, y: number) => (Math.hypot(x - 40, y - 40) < 30 ? surface(x, y) : ground(x, y)),
    ],
  ])('leaves %s to the search for patches', (_name, colour) => {
    const { holed, hole } = cutOut(paint(220, 180, colour), (x, y) => Math.hypot(x - 120, y - 95) < 34);
    const parts = splitHole(holed, hole, 1);
    expect(parts.disc).toBeUndefined();
    expect(parts.ground).toBe(hole);
  });

  it('continues a horizon between two textures', () => {
    const truth = paint(220, 180, (x, y) => (y < 90 ? surface(x, y) : ground(x, y)));
    const { holed, hole } = cutOut(truth, (x, y) => Math.hypot(x - 110, y - 95) < 34);
    const filled = fillHole(holed, hole, { seed: 1 });
    expect(overlap(filled, hole, 220, (_x, y) => y < 90)).toBeGreaterThanOrEqual(0.95);
  });
});
