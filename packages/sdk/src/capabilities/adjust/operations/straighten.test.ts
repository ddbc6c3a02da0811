import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../../image/decode.ts';
import { Image } from '../../../image/image.ts';
import { Mask } from '../../../image/mask.ts';
import type { Pixels } from '../../../image/pixels.ts';
import { largestBoxInside } from '../../shared/reframe.ts';
import { createVisionContext } from '../../vision.ts';
import { paint } from '../__fixtures__/pixels.ts';
import { adjust } from '../adjust.ts';
import { findTilt } from '../frame-work/find-tilt.ts';
import { turnPixels } from '../frame-work/turn-pixels.ts';

const photo = async (name: string): Promise<Image> =>
  decodeImage(await readFile(new URL(`../../../../../../photos/${name}`, import.meta.url)));

/** The picture as a crooked camera would have taken it. */
function leaning(pixels: Pixels, angle: number): Promise<Pixels> {
  const box = largestBoxInside(pixels, angle);
  const [x, y] = [Math.ceil(box.x), Math.ceil(box.y)];
  const crop = { x, y, width: Math.floor(box.x + box.width) - x, height: Math.floor(box.y + box.height) - y };
  return turnPixels(pixels, angle, crop);
}

/** Sea and sky with waves and clouds: one horizon and nothing else. */
const sea = paint(600, 400, (x, y) => {
  const wave = 12 * Math.sin(x / 9 + y / 3) * Math.sin(x / 23 - y / 7);
  return y < 180 ? [150 + y / 4 + wave / 4, 180 + y / 6, 220] : [40 + wave, 80 + wave, 110 + wave];
});

const straighten = async (pixels: Pixels, parameters: Record<string, unknown> = {}, more: object = {}) =>
  adjust(createVisionContext([]), await Image.fromPixels(pixels), { operation: 'straighten', parameters, ...more });

describe('findTilt', () => {
  it.each([-12, -1, 3.3, 8])('finds that a photograph of uprights was turned by %d degrees', async (angle) => {
    const rocket = await photo('rocket.jpg');
    const [upright, tilt] = [await findTilt(rocket), await findTilt(await leaning(rocket, angle))];
    expect(Math.abs(upright?.angle ?? 99)).toBeLessThan(0.2);
    expect(Math.abs((tilt?.angle ?? 99) - (upright?.angle ?? 0) - angle)).toBeLessThan(0.5);
  });

  it.each([-9, 1])('finds that a horizon was turned by %d degrees', async (angle) => {
    expect(Math.abs(((await findTilt(await leaning(sea, angle)))?.angle ?? 99) - angle)).toBeLessThan(0.3);
  });

  it.each(['chelsea.png', 'coffee.png', 'astronaut.png'])(
    'finds no direction in %s, where no lines tell one',
    async (name) => {
      const image = await photo(name);
      expect(await findTilt(image)).toBeUndefined();
      expect(await findTilt(await leaning(image, 4))).toBeUndefined();
    },
  );
});

describe('straighten', () => {
  it('levels a crooked photograph, keeps the largest upright part, and measures both', async () => {
    const crooked = await leaning(await photo('rocket.jpg'), 5);
    const edit = await straighten(crooked);
    expect(edit.verified.ok, edit.verified.reason).toBe(true);
    expect(edit.verified.reason).toMatch(/its lines lean by 0\.[0-4]° now/);
    const { geometry, backend } = edit.receipt;
    expect(backend).toBe('atelier');
    expect(Math.abs((geometry?.angle ?? 0) + 5)).toBeLessThan(0.5);
    expect([edit.image.width, edit.image.height]).toEqual([geometry?.to.width, geometry?.to.height]);
    const box = largestBoxInside(crooked, geometry?.angle ?? 0);
    expect(box.width - edit.image.width).toBeLessThan(2.1);
  });

  it('says so where the picture is level, or nothing shows how it leans', async () => {
    const level = await straighten(sea);
    // Level is what was asked for, and it was measured.
    expect(level.verified).toEqual({ ok: true, reason: 'the picture is level already', by: 'pixels' });
    expect(level.image.data).toEqual(sea.data);
    const unknown = await straighten(await photo('chelsea.png'));
    expect(unknown.verified).toMatchObject({ ok: false, reason: expect.stringContaining('no long straight lines') });
  });

  it('turns clockwise by the angle that is asked for', async () => {
    const edit = await straighten(sea, { angle: 4 });
    expect(edit.verified.ok, edit.verified.reason).toBe(true);
    expect((await findTilt(edit.image))?.angle).toBeCloseTo(4, 0);
    expect((await straighten(sea, { angle: 0 })).verified.ok).toBe(false);
  });

  it('turns nothing that is protected', async () => {
    const mask = Mask.fromBox(sea, { x: 290, y: 190, width: 5, height: 5 });
    const refused = straighten(sea, { angle: 4 }, { protection: { mask, rules: [{ kind: 'box', found: 1 }] } });
    await expect(refused).rejects.toMatchObject({ code: 'protected' });
  });
});

describe('turnPixels', () => {
  it('keeps a flat colour and the edge of what is transparent', async () => {
    const flat = paint(40, 30, () => [10, 200, 90]);
    const turned = await turnPixels(flat, 7, { x: 8, y: 8, width: 20, height: 12 });
    expect(new Set(turned.data)).toEqual(new Set([10, 200, 90, 255]));
    const cut = paint(40, 30, (x) => (x < 20 ? [0, 255, 0, 0] : [200, 0, 0, 255]));
    const { data } = await turnPixels(cut, 10, { x: 8, y: 8, width: 24, height: 14 });
    for (let pixel = 0; pixel < data.length; pixel += 4) if (data[pixel + 3] > 0) expect(data[pixel + 1]).toBe(0);
  });
});
