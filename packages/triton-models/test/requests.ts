import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { decodeImage, encodeImage, Image, resizePixels } from '@atelier/sdk/image';
import type { InputValue, Tensor, TritonClient } from '@atelier/sdk/triton';
import { text } from '@atelier/sdk/triton';

export type Inputs = Readonly<Record<string, InputValue>>;
export type Outputs = Readonly<Record<string, Tensor | undefined>>;

const photos = new URL('../../../photos/', import.meta.url);

/** A shipped photograph, as its file's bytes. */
export const photo = async (name: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(name, photos)));

/** A shipped photograph at a size of one's own, as PNG. */
export async function photoAt(name: string, width: number, height: number): Promise<Uint8Array> {
  const image = await decodeImage(await photo(name));
  return pngOf(await Image.fromPixels(await resizePixels(image, { width, height })));
}

/** A picture that no other call has made, so that no cache knows it. */
export async function newPicture(width = 96, height = 64): Promise<Uint8Array> {
  made += 1;
  const data = new Uint8Array(width * height * 4);
  let state = 2_166_136_261 ^ made ^ process.pid;
  for (let i = 0; i < data.length; i += 1) {
    state = Math.imul(state ^ i, 16_777_619);
    data[i] = i % 4 === 3 ? 255 : state >>> 24;
  }
  return pngOf(await Image.fromPixels({ width, height, data }));
}
let made = 0;

export const pngOf = async (image: Image): Promise<Uint8Array> => (await encodeImage(image, { format: 'png' })).bytes;

export const keyOf = (picture: Uint8Array): string => createHash('sha256').update(picture).digest('hex');

export const detection = (picture: Uint8Array, more: Inputs = {}): Inputs => ({
  IMAGE: picture,
  PHRASES: ['a cup', 'a spoon'],
  THRESHOLD: 0.1,
  ...more,
});

export const segmentation = (picture: Uint8Array, more: Inputs = {}): Inputs => ({
  IMAGE: picture,
  IMAGE_KEY: keyOf(picture),
  POINTS: [30, 20],
  POINT_LABELS: [1],
  POINT_PROMPT: [0],
  // Without elements, not left out: the server joins only requests that have the same inputs into a batch.
  BOXES: { shape: [1, 0, 4], data: [] },
  ...more,
});

export const painting = (more: Inputs = {}): Inputs => ({
  PROMPT: 'a red cup on a table',
  NEGATIVE_PROMPT: '',
  WIDTH: 64,
  HEIGHT: 64,
  STEPS: 3,
  GUIDANCE: 5,
  STRENGTH: 1,
  SEED: 7,
  ...more,
});

export const question = (words: string, pictures: readonly Uint8Array[] = [], more: Inputs = {}): Inputs => ({
  ...(pictures.length > 0 ? { IMAGES: [...pictures] } : {}),
  MESSAGES: JSON.stringify([
    {
      role: 'user',
      content: [...pictures.map((_, index) => ({ type: 'image', index })), { type: 'text', text: words }],
    },
  ]),
  MAX_TOKENS: 12,
  TEMPERATURE: 0,
  SEED: 1,
  ...more,
});

/** Every response of a decoupled model. */
export async function responsesOf(
  client: TritonClient,
  model: string,
  inputs: Inputs,
  options?: { signal?: AbortSignal; transport?: 'http' | 'grpc' },
): Promise<Outputs[]> {
  const responses: Outputs[] = [];
  for await (const response of client.model(model).stream(inputs, options)) responses.push(response);
  return responses;
}

export const textOf = (tensor: Tensor | undefined): string =>
  tensor?.datatype === 'BYTES' ? text(tensor).join('') : fail('BYTES', tensor);

export const blobsOf = (tensor: Tensor | undefined): readonly Uint8Array[] =>
  tensor?.datatype === 'BYTES' ? tensor.data : fail('BYTES', tensor);

export const numbersOf = (tensor: Tensor | undefined): number[] =>
  tensor?.datatype === 'FP32' || tensor?.datatype === 'INT32' ? [...tensor.data] : fail('numbers', tensor);

function fail(wanted: string, tensor: Tensor | undefined): never {
  throw new Error(`expected ${wanted}, not ${tensor?.datatype ?? 'nothing'}`);
}

/** What Triton has counted of a model: requests that ran and the batches that they ran in. */
export async function countsOf(client: TritonClient, model: string) {
  const [stats] = await client.statistics({ model });
  return {
    requests: Number(stats.inference_count),
    batches: Number(stats.execution_count),
  };
}
