import { cosineSimilarity, embed, embedMany } from 'ai';
import { afterAll, expect, it } from 'vitest';
import { decodeImage } from '../../image/decode.ts';
import { providerOfTests } from './__fixtures__/providers.ts';
import { colours, drawPatches, toPng } from './__fixtures__/shapes.ts';

const triton = providerOfTests();
afterAll(() => triton.close());
const model = triton.embeddingModel('clip');

const square = (colour: 'red' | 'blue') =>
  toPng(drawPatches(96, 96, [{ x: 24, y: 24, width: 48, height: 48, colour: colours[colour] }]));

it('embeds more texts than fit into one call, in their order', async () => {
  const values = Array.from({ length: 70 }, (_, index) => `text number ${index}`);
  const { embeddings } = await embedMany({ model, values });
  expect(embeddings).toHaveLength(70);
  const { embedding } = await embed({ model, value: 'text number 69' });
  expect(embeddings[69]).toEqual(embedding);
  expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
});

it('embeds pictures into the same space', async () => {
  const images = [
    await square('red'),
    await decodeImage(await square('blue')),
    Buffer.from(await square('red')).toString('base64'),
  ];
  const { embeddings } = await model.imageEmbeddings({ images });
  const { embedding } = await embed({ model, value: 'a red square' });
  const [red = 0, blue = 0, again = 0] = embeddings.map((vector) => cosineSimilarity(vector, embedding));
  expect(red).toBeGreaterThan(blue + 0.2);
  expect(again).toBeCloseTo(red, 6);
  expect(await model.imageEmbeddings({ images: [] })).toEqual({ embeddings: [] });
});

it('embeds more pictures than fit into one call', async () => {
  const images = Array.from({ length: 33 }, () => square('blue'));
  const { embeddings } = await model.imageEmbeddings({ images: await Promise.all(images) });
  expect(embeddings).toHaveLength(33);
  expect(embeddings[32]).toEqual(embeddings[0]);
});
