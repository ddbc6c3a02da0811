import { atelier } from '@atelier/sdk';
import { decodeImage } from '@atelier/sdk/image';
import { TritonClient, triton } from '@atelier/sdk/triton';
import { afterAll, expect, inject, it } from 'vitest';
import { countsOf, detection, type Inputs, newPicture, numbersOf, photo, photoAt } from './requests.ts';

const { url, grpcUrl } = inject('models');
const client = new TritonClient({ url, grpcUrl });
const model = client.model('owlv2');
afterAll(() => client.close());

const coffee = await photo('coffee.png');

it('gives boxes, scores and phrase indexes of equal number, above the threshold and within its phrases', async () => {
  const { BOXES, SCORES, PHRASE_INDEX } = await model.infer(detection(coffee, { THRESHOLD: 0 }));
  const scores = numbersOf(SCORES);
  expect(scores.length).toBeGreaterThan(3);
  expect(BOXES?.shape).toEqual([1, scores.length, 4]);
  expect(PHRASE_INDEX?.shape).toEqual([1, scores.length]);
  expect(new Set(numbersOf(PHRASE_INDEX)).size).toBe(2);
  const boxes = numbersOf(BOXES);
  for (let i = 0; i < boxes.length; i += 4) {
    expect(boxes[i + 2]).toBeGreaterThan(boxes[i]);
    expect(boxes[i + 3]).toBeGreaterThan(boxes[i + 1]);
  }
  const middle = [...scores].sort((a, b) => a - b)[Math.floor(scores.length / 2)];
  const fewer = numbersOf((await model.infer(detection(coffee, { THRESHOLD: middle }))).SCORES);
  expect(fewer.length).toBeGreaterThan(0);
  expect(fewer.length).toBeLessThan(scores.length);
  expect(Math.min(...fewer)).toBeGreaterThanOrEqual(middle);
});

it('answers with nothing where nothing is above the threshold', async () => {
  const { BOXES, SCORES, PHRASE_INDEX } = await model.infer(detection(coffee, { THRESHOLD: 1 }));
  expect(BOXES?.shape).toEqual([1, 0, 4]);
  expect(SCORES?.shape).toEqual([1, 0]);
  expect(PHRASE_INDEX?.shape).toEqual([1, 0]);
});

it('runs requests with different numbers of phrases in one batch, and answers each as if it were alone', async () => {
  const pictures = await Promise.all([...Array(16).keys()].map((index) => newPicture(80 + index, 64)));
  const asked = pictures.map((picture, index) =>
    detection(picture, { PHRASES: [...Array(1 + (index % 5)).keys()].map((word) => `thing ${word}`), THRESHOLD: 0 }),
  );
  const before = await countsOf(client, 'owlv2');
  const together = await Promise.all(asked.map((inputs) => model.infer(inputs)));
  const after = await countsOf(client, 'owlv2');
  expect(after.requests - before.requests).toBe(16);
  expect(after.batches - before.batches).toBeLessThanOrEqual(8);
  for (const [index, inputs] of asked.entries()) {
    const alone = await model.infer(inputs);
    expect(numbersOf(together[index].PHRASE_INDEX)).toEqual(numbersOf(alone.PHRASE_INDEX));
    const boxes = numbersOf(alone.BOXES);
    for (const [place, value] of numbersOf(together[index].BOXES).entries()) expect(value).toBeCloseTo(boxes[place], 2);
  }
});

it('answers about a picture sent before as about a new one', async () => {
  const picture = await newPicture();
  // A byte behind the end of the file: another file with the same pixels.
  const sameAnew = Uint8Array.of(...picture, 0);
  const asked: Inputs = { THRESHOLD: 0 };
  const first = await model.infer(detection(picture, asked));
  expect(await model.infer(detection(picture, asked))).toEqual(first);
  const others = { PHRASES: ['a cup', 'a fork', 'a knife'], THRESHOLD: 0.2 };
  const known = await model.infer(detection(picture, others));
  expect(numbersOf(known.SCORES).length).toBeGreaterThan(0);
  expect(known).toEqual(await model.infer(detection(sameAnew, others)));
});

it('refuses a bad request as often as it is sent', async () => {
  const picture = await newPicture();
  const cut = picture.subarray(0, picture.length / 2);
  for (let time = 0; time < 3; time += 1) {
    await expect(model.infer(detection(cut))).rejects.toThrow(
      `IMAGE is not a picture that can be decoded (${cut.length} bytes).`,
    );
    await expect(model.infer(detection(picture, { THRESHOLD: 2 }))).rejects.toThrow('THRESHOLD must be from 0 to 1');
  }
});

it('maps boxes through the padding, whatever the shape of the picture', async () => {
  for (const [width, height] of [
    [200, 50],
    [50, 200],
  ]) {
    const { BOXES } = await model.infer(detection(await photoAt('coffee.png', width, height), { THRESHOLD: 0 }));
    const boxes = numbersOf(BOXES);
    const centres = [0, 1].map((axis) =>
      boxes.filter((_, i) => i % 4 === axis).map((low, i) => (low + boxes[i * 4 + axis + 2]) / 2),
    );
    // Patches lie all over the padded square, whose side is the longer one.
    for (const values of centres) expect(Math.max(...values)).toBeGreaterThan(100);
  }
});

it('serves the detect capability of the triton() backend', async () => {
  const backend = triton({ url, grpcUrl, threshold: 0 });
  const studio = atelier({ backends: [backend] });
  const image = await decodeImage(coffee);
  const found = await studio.vision.detect(image, { phrases: ['cup', 'spoon'] });
  expect(found.length).toBeGreaterThan(0);
  for (const { box, score, phrase } of found) {
    expect(['cup', 'spoon']).toContain(phrase);
    expect(score).toBeGreaterThanOrEqual(0);
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(image.width);
  }
  backend.close();
});
