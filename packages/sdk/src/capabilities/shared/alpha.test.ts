import { describe, expect, it } from 'vitest';
import { Mask } from '../../image/mask.ts';
import { editedMask, shapeAlpha } from './alpha.ts';

const size = { width: 120, height: 90 };
const box = { x: 40, y: 30, width: 30, height: 20 };
const mask = Mask.fromBox(size, box);

describe('shaping a mask', () => {
  it('keeps it as it is when nothing is asked', async () => {
    const region = await shapeAlpha(mask, { grow: 0, smooth: 0, feather: 0 });
    if (!region) throw new Error('no region');
    expect((await editedMask(size, region)).id).toBe(mask.id);
    expect(new Set(region.alpha)).toEqual(new Set([0, 255]));
  });

  it('grows it by about the pixels asked, on every side', async () => {
    const region = await shapeAlpha(mask, { grow: 6, smooth: 0, feather: 0 });
    if (!region) throw new Error('no region');
    const grown = (await editedMask(size, region)).bounds;
    expect(grown).toBeDefined();
    if (!grown) return;
    expect(box.x - grown.x).toBeGreaterThanOrEqual(4);
    expect(box.x - grown.x).toBeLessThanOrEqual(7);
    expect(grown.y + grown.height - (box.y + box.height)).toBeGreaterThanOrEqual(4);
  });

  it('fades outwards only: full weight everywhere inside, falling outside', async () => {
    const region = await shapeAlpha(mask, { grow: 0, smooth: 0, feather: 8 });
    if (!region) throw new Error('no region');
    const at = (x: number, y: number) => region.alpha[(y - region.box.y) * region.box.width + x - region.box.x];
    for (let x = box.x; x < box.x + box.width; x++) expect(at(x, 40)).toBe(255);
    const edge = [69, 70, 72, 74, 76].map((x) => at(x, 40));
    expect(edge).toEqual([...edge].sort((a, b) => b - a));
    expect(edge[1]).toBeLessThan(255);
    expect(edge[1]).toBeGreaterThan(100);
  });

  it('does not lose a thing thinner than its smoothing', async () => {
    const line = Mask.fromBox(size, { x: 20, y: 40, width: 60, height: 1 });
    const region = await shapeAlpha(line, { grow: 0, smooth: 5, feather: 0 });
    expect(region?.alpha.includes(255)).toBe(true);
  });

  it('has nothing to shape in an empty mask', async () => {
    const empty = new Mask(size.width, size.height, new Uint8Array(size.width * size.height));
    expect(await shapeAlpha(empty, { grow: 3, smooth: 1, feather: 2 })).toBeUndefined();
  });
});
