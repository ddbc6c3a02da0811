import { readFile } from 'node:fs/promises';
import type { TritonClient } from '@atelier/sdk/triton';
import type { Example } from './examples.ts';

export interface RetrievalFigures {
  /** Share of the descriptions whose nearest picture is their own. */
  readonly recallAtOne: number;
  readonly pictures: number;
}

export async function measureRetrieval(
  client: TritonClient,
  examples: readonly Example<'descriptions'>[],
): Promise<RetrievalFigures> {
  const pictures = await Promise.all(examples.map(async ({ picture }) => new Uint8Array(await readFile(picture))));
  const [images, texts] = [
    await embed(client, { IMAGES: pictures }),
    await embed(client, { TEXTS: examples.map(({ description }) => description) }),
  ];
  const right = texts.filter((text, index) => {
    const likeness = images.map((image) => image.reduce((sum, value, at) => sum + value * text[at], 0));
    return likeness.indexOf(Math.max(...likeness)) === index;
  });
  return { recallAtOne: right.length / texts.length, pictures: texts.length };
}

/** [n][width] of n texts or pictures, of length 1. */
async function embed(
  client: TritonClient,
  inputs: { readonly IMAGES: readonly Uint8Array[] } | { readonly TEXTS: readonly string[] },
): Promise<number[][]> {
  const { EMBEDDINGS } = await client.model('clip').infer(inputs);
  const [, rows, width] = EMBEDDINGS?.shape ?? [];
  if (!EMBEDDINGS || !(EMBEDDINGS.data instanceof Float32Array)) throw new Error('clip gave no EMBEDDINGS.');
  const numbers = [...EMBEDDINGS.data];
  return Array.from({ length: rows }, (_, row) => numbers.slice(row * width, (row + 1) * width));
}
