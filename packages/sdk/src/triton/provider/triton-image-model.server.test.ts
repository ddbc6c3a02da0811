import { InvalidArgumentError } from '@ai-sdk/provider';
import { generateImage } from 'ai';
import { afterAll, describe, expect, it } from 'vitest';
import { countChangedOutside } from '../../image/composite.ts';
import { decodeImage } from '../../image/decode.ts';
import { providerOfTests } from './__fixtures__/providers.ts';
import { colours, drawPatches, toPng } from './__fixtures__/shapes.ts';
import type { PaintingProgress } from './provider-context.ts';

const progress: PaintingProgress[] = [];
const triton = providerOfTests({ onProgress: (step) => progress.push(step) });
afterAll(() => triton.close());

const quick = { triton: { steps: 2 } };
const model = triton.imageModel('sd3');

describe('generateImage on triton.imageModel(sd3): text to image', () => {
  it('gives three different pictures of one seed, and the same three again', async () => {
    const paint = async () =>
      generateImage({ model, prompt: 'a red circle', n: 3, seed: 7, size: '64x64', providerOptions: quick });
    const first = await paint();
    const pictures = first.images.map(({ base64 }) => base64);
    expect(new Set(pictures).size).toBe(3);
    expect((await paint()).images.map(({ base64 }) => base64)).toEqual(pictures);
    expect(first.images.map(({ mediaType }) => mediaType)).toEqual(['image/png', 'image/png', 'image/png']);
    expect(first.providerMetadata.triton?.images).toEqual([{ seed: 7 }, { seed: 8 }, { seed: 9 }]);
  });

  it('says which seed it chose, and that seed gives the picture again', async () => {
    const call = { model, prompt: 'a red circle', size: '64x64', providerOptions: quick } as const;
    const first = await generateImage(call);
    const [metadata] = first.providerMetadata.triton?.images ?? [];
    const { seed } = metadata as { seed: number };
    expect((await generateImage({ ...call, seed })).image.base64).toBe(first.image.base64);
    expect((await generateImage(call)).image.base64).not.toBe(first.image.base64);
  });

  it('paints what was asked, at the size and ratio asked', async () => {
    const wide = await generateImage({
      model,
      prompt: 'a red square',
      aspectRatio: '16:9',
      seed: 1,
      providerOptions: quick,
    });
    const image = await decodeImage(wide.image.uint8Array);
    expect([image.width, image.height]).toEqual([1360, 768]);
    const middle = ((image.height / 2) * image.width + image.width / 2) * 4;
    const [red = 0, green = 0] = image.data.subarray(middle);
    expect(red).toBeGreaterThan(150);
    expect(green).toBeLessThan(100);
  });

  it('tells every step', async () => {
    progress.length = 0;
    await generateImage({ model, prompt: 'a circle', n: 2, size: '64x64', providerOptions: { triton: { steps: 3 } } });
    const told = progress.map(({ image, step, steps }) => [image, step, steps]);
    expect(told).toEqual([
      [0, 1, 3],
      [0, 2, 3],
      [0, 3, 3],
      [1, 1, 3],
      [1, 2, 3],
      [1, 3, 3],
    ]);
  });

  it('paints several at once where that is allowed, in the same order', async () => {
    const both = providerOfTests({ parallelImages: 3 });
    const call = { prompt: 'a circle', n: 3, seed: 4, size: '64x64', providerOptions: quick } as const;
    const alone = await generateImage({ ...call, model });
    const together = await generateImage({ ...call, model: both.imageModel('sd3') });
    expect(together.images.map(({ base64 }) => base64)).toEqual(alone.images.map(({ base64 }) => base64));
    await both.close();
  });

  it.each([-3, 1.5, 2 ** 53])('refuses a seed of %d', async (seed) => {
    const call = generateImage({ model, prompt: 'a circle', n: 2, seed, size: '64x64', providerOptions: quick });
    await expect(call).rejects.toSatisfy(InvalidArgumentError.isInstance);
    await expect(call).rejects.toThrow('from 0 to 2^53 - 1');
  });

  it('tells its seeds as numbers up to the largest', async () => {
    const seed = Number.MAX_SAFE_INTEGER - 1;
    const call = { model, prompt: 'a circle', seed, size: '64x64', providerOptions: quick } as const;
    const { providerMetadata } = await generateImage({ ...call, n: 2 });
    expect(providerMetadata.triton?.images).toEqual([{ seed }, { seed: seed + 1 }]);
    await expect(generateImage({ ...call, n: 3 })).rejects.toThrow('the last of 3');
  });

  it('refuses options that it does not know, and an empty prompt', async () => {
    const call = { model, size: '64x64' } as const;
    const unknown = generateImage({ ...call, prompt: 'a circle', providerOptions: { triton: { stepps: 3 } } });
    await expect(unknown).rejects.toSatisfy(InvalidArgumentError.isInstance);
    await expect(unknown).rejects.toThrow('providerOptions.triton.stepps is not an option');
    await expect(generateImage({ ...call, prompt: ' ' })).rejects.toSatisfy(InvalidArgumentError.isInstance);
  });
});

describe('generateImage on triton.imageModel(sd3): inpainting', () => {
  // Sides that are no multiples of 16.
  const base = drawPatches(150, 90, [{ x: 30, y: 20, width: 40, height: 40, colour: colours.blue }]);
  const hole = { x: 28, y: 18, width: 44, height: 44 };
  const white = drawPatches(150, 90, [{ ...hole, colour: colours.white }], colours.black);
  const clear = drawPatches(150, 90, [{ ...hole, colour: [0, 0, 0, 0] }], colours.black);

  const weights = new Uint8Array(150 * 90);
  for (let y = 18; y < 62; y++) weights.fill(255, y * 150 + 28, y * 150 + 72);

  const repaint = async (mask: Uint8Array, triton = {}) => {
    const prompt = { text: 'a red square', images: [await toPng(base)], mask };
    const result = await generateImage({
      model,
      prompt,
      seed: 3,
      providerOptions: { triton: { ...quick.triton, ...triton } },
    });
    return { ...result, image: await decodeImage(result.image.uint8Array) };
  };

  it('repaints where the mask is white, and leaves every other pixel as it was', async () => {
    const { image } = await repaint(await toPng(white));
    const changed = await countChangedOutside(base, image.data, { x: 0, y: 0 }, base, weights);
    expect(changed.outside).toBe(0);
    expect(changed.inside).toBeGreaterThan(1_000);
    const middle = (40 * 150 + 50) * 4;
    expect([image.data[middle] ?? 0, image.data[middle + 2] ?? 255].map((value) => value > 128)).toEqual([true, false]);
  });

  it('reads a mask with transparency as OpenAI does: what is transparent is repainted', async () => {
    const [byWhite, byHole] = [await repaint(await toPng(white)), await repaint(await toPng(clear))];
    expect(byHole.image.id).toBe(byWhite.image.id);
  });

  it('can be told what the mask means', async () => {
    const inside = drawPatches(150, 90, [{ ...hole, colour: colours.white }], [0, 0, 0, 0]);
    const { image } = await repaint(await toPng(inside), { maskMode: 'white' });
    expect(image.id).toBe((await repaint(await toPng(white))).image.id);
    await expect(repaint(await toPng(white), { maskMode: 'transparent' })).rejects.toThrow('selects nothing');
  });

  it('refuses masks that select nothing or do not fit, and masks without a picture', async () => {
    const black = await toPng(drawPatches(150, 90, [], colours.black));
    await expect(repaint(black)).rejects.toThrow('selects nothing');
    await expect(repaint(await toPng(drawPatches(90, 150, [], colours.white)))).rejects.toThrow('90 x 150');
    const prompt = { text: 'a cat', images: [], mask: black };
    await expect(generateImage({ model, prompt })).rejects.toThrow('needs a picture');
  });

  it('varies a picture without a mask', async () => {
    const prompt = { text: 'a red square', images: [await toPng(base)] };
    const { image } = await generateImage({ model, prompt, seed: 3, providerOptions: quick });
    const decoded = await decodeImage(image.uint8Array);
    expect([decoded.width, decoded.height]).toEqual([150, 90]);
  });
});
