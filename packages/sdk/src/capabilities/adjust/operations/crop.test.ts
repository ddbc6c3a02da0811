import { describe, expect, it } from 'vitest';
import { Mask } from '../../../image/mask.ts';
import { cropPixels } from '../../../image/resize.ts';
import { squares, squaresOn } from '../../__fixtures__/squares.ts';
import { createVisionContext } from '../../vision.ts';
import { adjust } from '../adjust.ts';
import { crop } from './crop.ts';

const image = await squaresOn(90, 70, [{ colour: 'red', x: 30, y: 20, side: 20 }]);
const mask = Mask.fromBox(image, { x: 30, y: 20, width: 20, height: 20 });
const context = createVisionContext([squares()]);
const cropped = (margin: number, more: object = {}) =>
  adjust(context, image, { mask, operation: 'crop', parameters: { margin }, ...more });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );

describe('crop', () => {
  it('keeps the thing with its margin, pixel for pixel, and says so', async () => {
    const edit = await cropped(0.25);
    const box = { x: 25, y: 15, width: 30, height: 30 };
    expect(edit.image.data).toEqual(cropPixels(image, box).data);
    expect(edit.receipt).toMatchObject({
      backend: 'atelier',
      model: 'geometry',
      changedOutsideMask: 0,
      changedInsideMask: 0,
      areas: { selected: 900, edited: 900 },
      geometry: { from: { width: 90, height: 70 }, to: { width: 30, height: 30 }, angle: 0, crop: box },
    });
    expect(edit.mask.area).toBe(900);
    expect(edit.verified).toEqual({
      ok: true,
      reason: '90 x 70 cut down to 30 x 30 pixels, 0 of them changed, the whole thing inside',
      by: 'pixels',
    });
  });

  it('stops at the edge of the picture', async () => {
    expect((await cropped(1)).receipt.geometry?.crop).toEqual({ x: 10, y: 0, width: 60, height: 60 });
  });

  it('says where there is nothing to cut off', async () => {
    const edit = await cropped(3);
    expect(edit.image.id).toBe(image.id);
    expect(edit.verified.ok).toBe(false);
    expect(edit.verified.reason).toContain('nothing to cut off');
  });

  it('needs no backend, but a thing', async () => {
    expect(
      (await adjust(createVisionContext([]), image, { mask, operation: 'crop' })).receipt.geometry?.crop.width,
    ).toBe(24);
    expect(await codeOf(adjust(context, image, { operation: 'crop' }))).toBe('invalid-input');
  });

  it('cuts off nothing that is protected, and counts what it kept', async () => {
    const rules = [{ kind: 'box' as const, found: 1 }];
    const inside = Mask.fromBox(image, { x: 32, y: 22, width: 6, height: 6 });
    const edit = await cropped(0.1, { protection: { mask: inside, rules } });
    expect(edit.receipt.protected).toEqual({ rules, area: 36, changed: 0 });
    const beyond = Mask.fromBox(image, { x: 2, y: 22, width: 6, height: 6 });
    expect(await codeOf(cropped(0.1, { protection: { mask: beyond, rules } }))).toBe('protected');
  });

  it('does not pass where the pixels are others or the thing is cut', async () => {
    const frame = { angle: 0, crop: { x: 25, y: 15, width: 30, height: 30 } };
    const request = { image, parameters: { margin: 0.25 }, thing: { x: 30, y: 20, width: 20, height: 20 } };
    const after = cropPixels(image, frame.crop);
    expect((await crop.measure(image, after, frame, request)).done).toBe(true);
    expect(
      (await crop.measure(image, after, frame, { ...request, thing: { x: 20, y: 20, width: 20, height: 20 } })).done,
    ).toBe(false);
    after.data[5]++;
    expect((await crop.measure(image, after, frame, request)).done).toBe(false);
  });
});
