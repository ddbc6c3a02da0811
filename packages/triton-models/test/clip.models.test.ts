import { createTriton, TritonClient } from '@atelier/sdk/triton';
import { embedMany } from 'ai';
import { afterAll, expect, inject, it } from 'vitest';
import { countsOf, type Inputs, newPicture, numbersOf, type Outputs, photo } from './requests.ts';

const { url, grpcUrl } = inject('models');
const client = new TritonClient({ url, grpcUrl });
const model = client.model('clip');
afterAll(() => client.close());

function rowsOf({ EMBEDDINGS }: Outputs): number[][] {
  const [, rows, width] = EMBEDDINGS?.shape ?? [];
  const numbers = numbersOf(EMBEDDINGS);
  return [...Array(rows).keys()].map((row) => numbers.slice(row * width, (row + 1) * width));
}

it('gives a row of unit length a text or picture, in one space', async () => {
  const texts = rowsOf(await model.infer({ TEXTS: ['a cup', 'a cat', 'a cup'] }));
  const pictures = rowsOf(await model.infer({ IMAGES: [await photo('coffee.png'), await photo('rocket.jpg')] }));
  expect([texts.length, pictures.length]).toEqual([3, 2]);
  expect(new Set([...texts, ...pictures].map((row) => row.length)).size).toBe(1);
  for (const row of [...texts, ...pictures]) expect(Math.hypot(...row)).toBeCloseTo(1, 5);
  expect(texts[2]).toEqual(texts[0]);
  expect(texts[1]).not.toEqual(texts[0]);
  expect(pictures[1]).not.toEqual(pictures[0]);
});

it('runs texts and pictures of many requests in one batch, and answers each as if it were alone', async () => {
  const pictures = await Promise.all([...Array(32).keys()].map(() => newPicture(40, 40)));
  // Texts first: the server joins only requests that have the same inputs into a batch.
  const asked = pictures.map(
    (picture, index): Inputs =>
      index > 20
        ? { IMAGES: [picture] }
        : { TEXTS: [...Array(index + 1).keys()].map((word) => `word ${word} of ${index}`) },
  );
  const before = await countsOf(client, 'clip');
  // Tiny weights answer faster than requests arrive: this one keeps the model busy until they are all there.
  const busy = model.infer({ TEXTS: [...Array(256).keys()].map((word) => `keeps busy ${word}`) });
  const together = await Promise.all(asked.map((inputs) => model.infer(inputs)));
  await busy;
  const after = await countsOf(client, 'clip');
  expect(after.requests - before.requests).toBe(33);
  expect(after.batches - before.batches).toBeLessThanOrEqual(24);
  const again = rowsOf(await model.infer({ TEXTS: ['word 0 of 1', 'word 1 of 2'] }));
  const rows = [rowsOf(together[1])[0], rowsOf(together[2])[1]];
  for (const [place, row] of rows.entries())
    for (const [column, value] of row.entries()) expect(value).toBeCloseTo(again[place][column], 4);
});

it('answers a repeated request with the same vectors', async () => {
  const both: readonly Inputs[] = [{ TEXTS: ['only once'] }, { IMAGES: [await newPicture()] }];
  for (const inputs of both) {
    const first = rowsOf(await model.infer(inputs));
    expect(first).toHaveLength(1);
    expect(rowsOf(await model.infer(inputs))).toEqual(first);
  }
});

it('refuses a bad request as often as it is sent', async () => {
  const picture = await newPicture();
  const cut = picture.subarray(0, picture.length / 2);
  for (let time = 0; time < 3; time += 1) {
    await expect(model.infer({ IMAGES: [picture, cut] })).rejects.toThrow(
      `IMAGES 1 is not a picture that can be decoded (${cut.length} bytes).`,
    );
  }
});

it('is an embedding model of the AI SDK', async () => {
  const provider = createTriton({ url, grpcUrl });
  const { embeddings } = await embedMany({ model: provider.embeddingModel('clip'), values: ['a cup', 'a cat'] });
  expect(embeddings).toHaveLength(2);
  await provider.close();
});
