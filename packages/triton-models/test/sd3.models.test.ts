import { atelier } from '@atelier/sdk';
import { decodeImage } from '@atelier/sdk/image';
import { TritonClient, triton } from '@atelier/sdk/triton';
import { afterAll, expect, inject, it } from 'vitest';
import { wholeMask } from './masks.ts';
import { blobsOf, type Inputs, newPicture, numbersOf, painting, photo, photoAt, responsesOf } from './requests.ts';

const { url, grpcUrl } = inject('models');
const client = new TritonClient({ url, grpcUrl });
afterAll(() => client.close());

const paint = async (more: Inputs = {}) => await responsesOf(client, 'sd3', painting(more));
const pictureOf = async (more: Inputs = {}) => blobsOf((await paint(more)).at(-1)?.IMAGE)[0];

it('tells every step, then gives a PNG of the asked size', async () => {
  const responses = await paint({ STEPS: 4, WIDTH: 96, HEIGHT: 64 });
  expect(responses.slice(0, -1).map(({ STEP, STEPS }) => [numbersOf(STEP), numbersOf(STEPS)])).toEqual(
    [1, 2, 3, 4].map((step) => [[step], [4]]),
  );
  const last = responses.at(-1);
  expect(Object.keys(last ?? {})).toEqual(['IMAGE']);
  const { width, height } = await decodeImage(blobsOf(last?.IMAGE)[0]);
  expect([width, height]).toEqual([96, 64]);
});

it('gives the same bytes for the same seed, whatever ran in between, and others for another', async () => {
  const first = await pictureOf();
  await pictureOf({ SEED: 99, WIDTH: 128, STEPS: 2 });
  expect(await pictureOf()).toEqual(first);
  expect(await pictureOf({ SEED: 8 })).not.toEqual(first);
  expect(await pictureOf({ SEED: 2n ** 63n - 1n })).not.toEqual(first);
});

it('repaints a picture in the same instance; a strength below 1 runs fewer steps', async () => {
  const IMAGE = await photoAt('coffee.png', 64, 64);
  const MASK = await wholeMask(64, 64);
  const responses = await paint({ IMAGE, MASK, STEPS: 6, STRENGTH: 0.5 });
  expect(numbersOf(responses[0].STEPS)).toEqual([3]);
  expect(responses).toHaveLength(4);
  expect(blobsOf(responses[3].IMAGE)[0]).not.toEqual(await pictureOf({ STEPS: 6 }));
});

it('stops within a step when the caller is gone, and goes on serving', async () => {
  const controller = new AbortController();
  const stream = client.model('sd3').stream(painting({ STEPS: 200 }), { signal: controller.signal });
  let steps = 0;
  const work = (async () => {
    for await (const { STEP } of stream) {
      steps = numbersOf(STEP)[0];
      if (steps === 3) controller.abort();
    }
  })();
  await expect(work).rejects.toMatchObject({ name: 'AbortError' });
  expect(steps).toBeLessThan(20);
  // 200 steps would hold the only instance for seconds.
  const began = performance.now();
  await pictureOf({ STEPS: 1 });
  const waited = performance.now() - began;
  await paint({ STEPS: 50 });
  expect(waited).toBeLessThan((performance.now() - began - waited) * 2);
});

it('serves generate and inpaint of the triton() backend: nothing outside the mask changes', async () => {
  const backend = triton({ url, grpcUrl, steps: 2 });
  const { vision } = atelier({ backends: [backend] });
  const image = await decodeImage(await photo('coffee.png'));
  const progress: number[] = [];
  const edit = await vision.inpaint(image, {
    box: { x: 150, y: 100, width: 120, height: 90 },
    prompt: 'a red mug',
    seed: 3,
    progress: (fraction) => progress.push(fraction),
  });
  expect(edit.receipt).toMatchObject({ backend: 'triton', model: 'sd3', seed: 3, changedOutsideMask: 0 });
  expect(edit.receipt.changedInsideMask).toBeGreaterThan(1_000);
  expect(progress.length).toBeGreaterThanOrEqual(2);
  const made = await vision.generate({ prompt: 'a mug', width: 300, height: 210, seed: 5 });
  expect([made.width, made.height]).toEqual([300, 210]);
  await backend.close();
});

it('takes a picture and a mask together or neither', async () => {
  const IMAGE = await newPicture(64, 64);
  await expect(paint({ IMAGE })).rejects.toMatchObject({ code: 'request-rejected' });
  await expect(paint({ MASK: IMAGE })).rejects.toMatchObject({ code: 'request-rejected' });
});
