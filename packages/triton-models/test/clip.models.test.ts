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
  const asked = pictures.map(
    (picture, index): Inputs =>
      index % 3 === 0
        ? { IMAGES: [picture] }
        : { TEXTS: [...Array(index).keys()].map((word) => `word ${word} of ${index}`) },
  );
  const before = await countsOf(client, 'clip');
  const together = await Promise.all(asked.map((inputs) => model.infer(inputs)));
  const after = await countsOf(client, 'clip');
  expect(after.requests - before.requests).toBe(32);
  expect(after.batches - before.batches).toBeLessThanOrEqual(24);
  const again = rowsOf(await model.infer({ TEXTS: ['word 0 of 1', 'word 1 of 2'] }));
  const rows = [rowsOf(together[1])[0], rowsOf(together[2])[1]];
  for (const [place, row] of rows.entries())
    for (const [column, value] of row.entries()) expect(value).toBeCloseTo(again[place][column], 4);
});

it('answers a repeated request from the cache', async () => {
  const TEXTS = [`only once ${performance.now()}`];
  const before = await countsOf(client, 'clip');
  const first = rowsOf(await model.infer({ TEXTS }));
  expect((await countsOf(client, 'clip')).fromCache).toBe(before.fromCache);
  expect(rowsOf(await model.infer({ TEXTS }))).toEqual(first);
  expect((await countsOf(client, 'clip')).fromCache).toBe(before.fromCache + 1);
});

it('is an embedding model of the AI SDK', async () => {
  const provider = createTriton({ url, grpcUrl });
  const { embeddings } = await embedMany({ model: provider.embeddingModel('clip'), values: ['a cup', 'a cat'] });
  expect(embeddings).toHaveLength(2);
  await provider.close();
});
