import { atelier } from '@atelier/sdk';
import { decodeImage } from '@atelier/sdk/image';
import { TritonClient, triton } from '@atelier/sdk/triton';
import { afterAll, expect, inject, it } from 'vitest';
import {
  blobsOf,
  countsOf,
  type Inputs,
  keyOf,
  newPicture,
  numbersOf,
  type Outputs,
  photo,
  segmentation,
} from './requests.ts';

const { url, grpcUrl } = inject('models');
const client = new TritonClient({ url, grpcUrl });
const model = client.model('sam');
afterAll(() => client.close());

const nothing = new Uint8Array();

async function masksOf({ MASKS }: Outputs) {
  return await Promise.all(blobsOf(MASKS).map((mask) => decodeImage(mask)));
}

it('gives one mask of the picture’s size and one score a prompt: points by their number, then boxes', async () => {
  const picture = await newPicture(120, 90);
  const inputs = segmentation(picture, {
    POINTS: [10, 10, 60, 45, 100, 80],
    POINT_LABELS: [1, 1, 0],
    POINT_PROMPT: [0, 1, 1],
    BOXES: [20, 20, 90, 70, 0, 0, 120, 90],
  });
  const outputs = await model.infer(inputs);
  const masks = await masksOf(outputs);
  expect(masks.map(({ width, height }) => [width, height])).toEqual(Array(4).fill([120, 90]));
  expect(numbersOf(outputs.SCORES)).toHaveLength(4);
  for (const { data } of masks) {
    const values = new Set(data.filter((_, index) => index % 4 === 0));
    expect([...values].every((value) => value === 0 || value === 255)).toBe(true);
  }
  const box = await model.infer({ ...segmentation(picture), ...noPoints, BOXES: [20, 20, 90, 70] });
  expect(blobsOf(box.MASKS)[0]).toEqual(blobsOf(outputs.MASKS)[2]);
});

const noPoints: Inputs = {
  POINTS: { shape: [1, 0, 2], data: [] },
  POINT_LABELS: { shape: [1, 0], data: [] },
  POINT_PROMPT: { shape: [1, 0], data: [] },
};

it('takes a box alone, with every point input left out', async () => {
  const picture = await newPicture();
  const { MASKS } = await model.infer({ IMAGE: picture, IMAGE_KEY: keyOf(picture), BOXES: [5, 5, 60, 40] });
  expect(blobsOf(MASKS)).toHaveLength(1);
});

it('keeps a picture by its key, and asks for it where it does not know it', async () => {
  const picture = await newPicture();
  const unknown = { ...segmentation(picture), IMAGE: nothing };
  await expect(model.infer(unknown)).rejects.toMatchObject({
    code: 'image-not-cached',
    serverMessage: expect.stringContaining('image-not-cached:'),
  });
  const first = await model.infer(segmentation(picture));
  const again = await model.infer(unknown);
  expect(blobsOf(again.MASKS)).toEqual(blobsOf(first.MASKS));
  expect(numbersOf(again.SCORES)).toEqual(numbersOf(first.SCORES));
});

it('refuses a key that is not that of the picture', async () => {
  const picture = await newPicture();
  for (const key of [keyOf(await newPicture()), keyOf(picture).toUpperCase(), '']) {
    await expect(model.infer(segmentation(picture, { IMAGE_KEY: key }))).rejects.toMatchObject({
      code: 'request-rejected',
    });
  }
});

it('encodes the pictures of requests with different prompts in one batch', async () => {
  const pictures = await Promise.all([...Array(16).keys()].map(() => newPicture(90, 70)));
  const asked = pictures.map((picture, index) =>
    index % 2 === 0
      ? segmentation(picture, {
          POINTS: Array(2 * (1 + index)).fill(30),
          POINT_LABELS: Array(1 + index).fill(1),
          POINT_PROMPT: [...Array(1 + index).keys()],
        })
      : segmentation(picture, { ...noPoints, BOXES: [5, 5, 60, 40] }),
  );
  const before = await countsOf(client, 'sam');
  const together = await Promise.all(asked.map((inputs) => model.infer(inputs)));
  const after = await countsOf(client, 'sam');
  expect(after.requests - before.requests).toBe(16);
  expect(after.batches - before.batches).toBeLessThanOrEqual(8);
  for (const [index, { MASKS }] of together.entries()) {
    expect(blobsOf(MASKS)).toHaveLength(index % 2 === 0 ? index + 1 : 1);
    expect(await differingPixels(MASKS, (await model.infer(asked[index])).MASKS)).toBeLessThanOrEqual(12);
  }
});

/** Numbers that lie at the threshold may fall on either side of it, depending on the batch. */
async function differingPixels(a: Outputs[string], b: Outputs[string]): Promise<number> {
  const [left, right] = await Promise.all([masksOf({ MASKS: a }), masksOf({ MASKS: b })]);
  return left.reduce(
    (sum, { data }, index) => sum + data.filter((v, i) => i % 4 === 0 && v !== right[index].data[i]).length,
    0,
  );
}

it('serves the segment capability of the triton() backend', async () => {
  const backend = triton({ url, grpcUrl });
  const studio = atelier({ backends: [backend] });
  const image = await decodeImage(await photo('coffee.png'));
  const cut = await studio.vision.segment(image, { box: { x: 100, y: 60, width: 300, height: 250 } });
  expect([cut.width, cut.height]).toEqual([image.width, image.height]);
  backend.close();
});
