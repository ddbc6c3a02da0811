import { adjustOperations, atelier, type Edit, Image, Mask } from '@atelier/sdk';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { local } from '../src/index.ts';

const studio = atelier({ backends: [local()] });
afterAll(() => studio.close());

/** A noisy little picture and a mask of one to three boxes in it. */
const scene = fc
  .record({
    width: fc.integer({ min: 12, max: 90 }),
    height: fc.integer({ min: 12, max: 90 }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
    translucent: fc.boolean(),
    boxes: fc.array(
      fc.tuple(fc.double({ min: 0, max: 0.8, noNaN: true }), fc.double({ min: 0, max: 0.8, noNaN: true })),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  })
  .map(({ width, height, seed, translucent, boxes }) => {
    const data = new Uint8Array(width * height * 4);
    let state = seed;
    for (let i = 0; i < data.length; i++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      data[i] = i % 4 === 3 && !translucent ? 255 : (state >>> 24) / 2 + ((i * 3) % 128);
    }
    const bits = new Uint8Array(width * height);
    for (const [x, y] of boxes) {
      const left = Math.floor(x * width);
      const top = Math.floor(y * height);
      for (let row = top; row < Math.min(height, top + height / 6 + 1); row++) {
        bits.fill(1, row * width + left, row * width + Math.min(width, left + Math.ceil(width / 6) + 1));
      }
    }
    return { width, height, data, bits };
  });

/** The first pixel that differs where the edit says it touched nothing. Written apart from the SDK's own count. */
function strayPixel(before: Image, edit: Edit): number {
  for (let i = 0; i < before.width * before.height; i++) {
    if (edit.mask.data[i]) continue;
    for (let channel = 0; channel < 4; channel++) {
      if (before.data[i * 4 + channel] !== edit.image.data[i * 4 + channel]) return i;
    }
  }
  return -1;
}

describe('nothing outside the mask changes', () => {
  const check = (edit: (image: Image, mask: Mask) => Promise<Edit>, runs: number) =>
    fc.assert(
      fc.asyncProperty(scene, async ({ width, height, data, bits }) => {
        const image = await Image.fromPixels({ width, height, data });
        const done = await edit(image, new Mask(width, height, bits));
        expect(strayPixel(image, done)).toBe(-1);
        expect(done.receipt.changedOutsideMask).toBe(0);
        expect(done.image.width).toBe(width);
        expect(done.receipt.areas.edited).toBe(done.mask.area);
      }),
      { numRuns: runs, seed: 4 },
    );

  it('by remove', () => check((image, mask) => studio.vision.remove(image, { mask }), 12));

  it.each(adjustOperations.flatMap(({ name, kind, example }) => (kind === 'pixels' ? [[name, example] as const] : [])))(
    'by adjust: %s, on the thing and on everything else',
    async (operation, parameters) => {
      const options = { operation, parameters };
      await check((image, mask) => studio.vision.adjust(image, { ...options, mask }), 15);
      await check((image, mask) => studio.vision.adjust(image, { ...options, mask, region: 'background' }), 10);
    },
  );
});

describe('an edit of the frame', () => {
  it('by crop keeps each pixel that stays, and says which they are', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ width, height, data, bits }) => {
        const image = await Image.fromPixels({ width, height, data });
        const mask = new Mask(width, height, bits);
        const { image: cropped, receipt } = await studio.vision.adjust(image, { operation: 'crop', mask });
        const { crop, angle } = receipt.geometry ?? { crop: { x: 0, y: 0, width, height }, angle: 0 };
        expect(angle).toBe(0);
        expect([cropped.width, cropped.height]).toEqual([crop.width, crop.height]);
        for (let y = 0; y < crop.height; y++) {
          const start = ((crop.y + y) * width + crop.x) * 4;
          const row = cropped.data.subarray(y * crop.width * 4, (y + 1) * crop.width * 4);
          expect(Buffer.compare(row, image.data.subarray(start, start + crop.width * 4))).toBe(0);
        }
      }),
      { numRuns: 15, seed: 4 },
    );
  });
});

describe('an adjustment that changes nothing', () => {
  it('is not claimed as done', async () => {
    const white = await Image.fromPixels({ width: 40, height: 30, data: new Uint8Array(40 * 30 * 4).fill(255) });
    const edit = await studio.vision.adjust(white, { operation: 'brighten', region: 'everything' });
    expect(edit.verified).toMatchObject({ ok: false, reason: 'no pixel changed' });
    expect(edit.image.id).toBe(white.id);
  });
});

describe('bad geometry', () => {
  const grey = () => Image.fromPixels({ width: 40, height: 30, data: new Uint8Array(40 * 30 * 4).fill(128) });

  it.each([
    { x: 50, y: 0, width: 10, height: 10 },
    { x: 0, y: 0, width: 0, height: 10 },
    { x: 5, y: 5, width: -3, height: 4 },
    { x: Number.NaN, y: 0, width: 5, height: 5 },
  ])('is refused: box %j', async (box) => {
    await expect(studio.vision.segment(await grey(), { box })).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('is refused: a mask of another size, and an empty one', async () => {
    const mask = new Mask(30, 40, new Uint8Array(1200).fill(1));
    await expect(studio.vision.remove(await grey(), { mask })).rejects.toMatchObject({ code: 'mask-invalid' });
    const empty = new Mask(40, 30, new Uint8Array(1200));
    await expect(studio.vision.remove(await grey(), { mask: empty })).rejects.toMatchObject({ code: 'mask-invalid' });
    await expect(studio.vision.adjust(await grey(), { operation: 'blur', mask })).rejects.toMatchObject({
      code: 'mask-invalid',
    });
  });

  it('is refused: nothing to copy from', async () => {
    const mask = new Mask(40, 30, new Uint8Array(1200).fill(1));
    await expect(studio.vision.remove(await grey(), { mask })).rejects.toMatchObject({ code: 'mask-invalid' });
  });

  it('is refused: an unknown operation, and parameters that do not fit', async () => {
    const mask = Mask.fromBox({ width: 40, height: 30 }, { x: 2, y: 2, width: 9, height: 9 });
    const image = await grey();
    await expect(studio.vision.adjust(image, { operation: 'swirl', mask })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    const wrong = { operation: 'blur', parameters: { radius: 'very' }, mask };
    await expect(studio.vision.adjust(image, wrong)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
