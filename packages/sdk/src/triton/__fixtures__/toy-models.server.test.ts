import { createHash } from 'node:crypto';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { squaresOn } from '../../capabilities/__fixtures__/squares.ts';
import { encodeImage } from '../../image/encode.ts';
import { TritonClient } from '../client/client.ts';
import type { InputValue } from '../models/model-types.ts';
import type { Tensor } from '../wire/tensor.ts';

const client = new TritonClient(inject('triton'));
afterAll(() => client.close());

const image = await squaresOn(160, 120, [
  { colour: 'red', x: 10, y: 12, side: 30 },
  { colour: 'blue', x: 60, y: 70, side: 40 },
]);
const png = (await encodeImage(image, { format: 'png' })).bytes;
type Inputs = Readonly<Record<string, InputValue>>;
type Outputs = Readonly<Record<string, Tensor | undefined>>;
const textOf = (tensor: Tensor | undefined) =>
  tensor?.datatype === 'BYTES' ? tensor.data.map((value) => new TextDecoder().decode(value)).join('') : undefined;
const numbersOf = (tensor: Tensor | undefined) => (tensor?.datatype === 'FP32' ? [...tensor.data] : []);

async function all(model: string, inputs: Inputs): Promise<Outputs[]> {
  const responses: Outputs[] = [];
  for await (const response of client.model(model).stream(inputs)) responses.push(response);
  return responses;
}

describe('vqa', () => {
  const chat = (text: string, images = [png]): Inputs => ({
    IMAGES: images,
    MESSAGES: JSON.stringify([
      { role: 'user', content: [...images.map((_, index) => ({ type: 'image', index })), { type: 'text', text }] },
    ]),
    MAX_TOKENS: 50,
    TEMPERATURE: 0,
    SEED: 0,
  });

  it('answers word by word by counting, and ends with the reason and the usage', async () => {
    const responses = await all('vqa', chat('How many blue squares?'));
    expect(responses.map(({ TEXT }) => textOf(TEXT))).toEqual(['There', ' is', ' 1', ' blue', ' square.', undefined]);
    const last = responses.at(-1);
    expect(textOf(last?.FINISH_REASON)).toBe('stop');
    expect(JSON.parse(textOf(last?.USAGE) ?? '')).toEqual({ prompt_tokens: 68, completion_tokens: 5 });
  });

  it('stops at MAX_TOKENS, takes base64 and several pictures, and does without any', async () => {
    const short = await all('vqa', { ...chat('What is this?'), MAX_TOKENS: 2 });
    expect(short.map(({ TEXT }) => textOf(TEXT)).join('')).toBe('There are');
    expect(textOf(short.at(-1)?.FINISH_REASON)).toBe('length');
    const base64 = new TextEncoder().encode(Buffer.from(png).toString('base64'));
    const twice = await all('vqa', chat('How many red squares?', [png, base64]));
    expect(twice.map(({ TEXT }) => textOf(TEXT)).join('')).toBe('There are 2 red squares.');
    const { IMAGES: _none, ...blind } = chat('Hello', []);
    expect((await all('vqa', blind)).length).toBeGreaterThan(1);
  });

  it('varies with the seed only above temperature 0', async () => {
    const say = async (TEMPERATURE: number, SEED: number) =>
      (await all('vqa', { ...chat('red squares'), TEMPERATURE, SEED })).map(({ TEXT }) => textOf(TEXT)).join('');
    expect(await say(0, 1)).toBe(await say(0, 2));
    expect(await say(1, 1)).not.toBe(await say(1, 2));
    expect(await say(1, 1)).toBe(await say(1, 4));
  });

  it.each<[string, Inputs]>([
    ['is not JSON', { MESSAGES: '[' }],
    ['must be a list of messages', { MESSAGES: '[]' }],
    ['The last of MESSAGES must be', { MESSAGES: '[{"role":"assistant","content":"hi"}]' }],
    ['must have the role', { MESSAGES: '[{"role":"tool","content":"hi"}]' }],
    ['refer to every picture', { MESSAGES: '[{"role":"user","content":"hi"}]' }],
    ['A part must be', { MESSAGES: '[{"role":"user","content":[{"type":"image","index":1}]}]' }],
    ['neither a picture nor base64', { IMAGES: ['???'] }],
    ['MAX_TOKENS must be from 1', { MAX_TOKENS: 0 }],
    ['TEMPERATURE must be from 0 to 2', { TEMPERATURE: 3 }],
  ])('says what is wrong: %s', async (words, wrong) => {
    await expect(all('vqa', { ...chat('x'), ...wrong })).rejects.toMatchObject({
      serverMessage: expect.stringContaining(words),
    });
  });
});

describe('owlv2', () => {
  it('takes requests of different numbers of phrases together', async () => {
    const before = await client.statistics({ model: 'owlv2' });
    const words = ['red square', 'blue square', 'a dog', 'green'];
    const found = await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        client.model('owlv2').infer({ IMAGE: png, PHRASES: words.slice(0, 1 + (index % 4)), THRESHOLD: 0.3 }),
      ),
    );
    found.forEach(({ BOXES, PHRASE_INDEX }, index) => {
      const expected = index % 4 === 0 ? [10, 12, 40, 42] : [10, 12, 40, 42, 60, 70, 100, 110];
      expect(numbersOf(BOXES)).toEqual(expected);
      expect(PHRASE_INDEX.data.length).toBe(expected.length / 4);
    });
    const [after] = await client.statistics({ model: 'owlv2' });
    const executions = after.execution_count - before[0].execution_count;
    expect(executions).toBeLessThan(after.inference_count - before[0].inference_count);
  });

  it('says what is wrong', async () => {
    const infer = (inputs: Inputs) =>
      client.model('owlv2').infer({ IMAGE: png, PHRASES: ['x'], THRESHOLD: 0.1, ...inputs });
    const rejected = (words: string) => ({ code: 'request-rejected', serverMessage: expect.stringContaining(words) });
    await expect(infer({ IMAGE: 'x' })).rejects.toMatchObject(rejected('IMAGE is not a picture'));
    await expect(infer({ PHRASES: [''] })).rejects.toMatchObject(rejected('PHRASES must name'));
    await expect(infer({ THRESHOLD: Number.NaN })).rejects.toMatchObject(rejected('THRESHOLD must be from 0 to 1'));
  });
});

describe('sam', () => {
  const key = createHash('sha256').update(png).digest('hex');

  it('answers several prompts on one picture in their order', async () => {
    const { MASKS, SCORES } = await client.model('sam').infer({
      IMAGE: png,
      IMAGE_KEY: key,
      POINTS: [80, 90, 15, 15],
      POINT_LABELS: [1, 1],
      POINT_PROMPT: [0, 1],
      BOXES: [5, 5, 45, 45],
    });
    expect(MASKS.shape).toEqual([1, 3]);
    expect(numbersOf(SCORES)).toEqual([1, 1, 1]);
  });

  it('says what is wrong', async () => {
    const infer = (inputs: Inputs) => client.model('sam').infer({ IMAGE: png, IMAGE_KEY: key, ...inputs });
    const box = { BOXES: [5, 5, 45, 45] };
    const rejected = (words: string) => ({ code: 'request-rejected', serverMessage: expect.stringContaining(words) });
    await expect(infer({ ...box, IMAGE_KEY: 'ab' })).rejects.toMatchObject(rejected('not the SHA-256'));
    await expect(infer({})).rejects.toMatchObject(rejected('no prompt'));
    await expect(infer({ BOXES: [9, 9, 1, 1] })).rejects.toMatchObject(rejected('no area'));
    const unknown = client.model('sam').infer({ IMAGE: '', IMAGE_KEY: '0'.repeat(64), ...box });
    await expect(unknown).rejects.toMatchObject({ code: 'image-not-cached' });
  });
});

describe('clip', () => {
  it('has texts and pictures in one space, at length 1', async () => {
    const solid = async (colour: 'red' | 'green' | 'blue') =>
      (await encodeImage(await squaresOn(20, 20, [{ colour, x: 0, y: 0, side: 20 }]), { format: 'png' })).bytes;
    const colours = ['red', 'green', 'blue'] as const;
    const pictures = await client.model('clip').infer({ IMAGES: await Promise.all(colours.map(solid)) });
    const texts = await client.model('clip').infer({ TEXTS: colours });
    expect(texts.EMBEDDINGS.shape).toEqual([1, 3, 64]);
    const rows = (tensor: Tensor) => [0, 1, 2].map((row) => numbersOf(tensor).slice(64 * row, 64 * row + 64));
    const product = (a: readonly number[], b: readonly number[]) =>
      a.reduce((sum, value, at) => sum + value * b[at], 0);
    const [words, looks] = [rows(texts.EMBEDDINGS), rows(pictures.EMBEDDINGS)];
    for (const row of [...words, ...looks]) expect(product(row, row)).toBeCloseTo(1, 5);
    for (const [index, word] of words.entries()) {
      const likeness = looks.map((look) => product(word, look));
      expect(likeness.indexOf(Math.max(...likeness))).toBe(index);
    }
  });

  it('does not take texts and pictures together', async () => {
    await expect(client.model('clip').infer({ TEXTS: ['a'], IMAGES: [png] })).rejects.toMatchObject({
      code: 'request-rejected',
      serverMessage: expect.stringContaining('Give either IMAGES or TEXTS'),
    });
  });
});

describe('sd3', () => {
  const words: Inputs = {
    PROMPT: 'a red circle',
    NEGATIVE_PROMPT: '',
    WIDTH: 64,
    HEIGHT: 64,
    STEPS: 3,
    GUIDANCE: 7,
    STRENGTH: 1,
    SEED: 1,
  };

  it('tells each step and ends with the picture alone', async () => {
    const responses = await all('sd3', words);
    expect(responses.map((response) => Object.keys(response).sort())).toEqual([
      ...Array.from({ length: 3 }, () => ['STEP', 'STEPS']),
      ['IMAGE'],
    ]);
  });

  it.each<[string, Inputs]>([
    ['multiples of 16', { WIDTH: 72 }],
    ['PROMPT is empty', { PROMPT: ' ' }],
    ['STEPS must be from 1', { STEPS: 0 }],
    ['STRENGTH must be from 0 to 1', { STRENGTH: 1.5 }],
    ['SEED must be from 0', { SEED: -1 }],
    ['IMAGE and MASK belong together', { IMAGE: png }],
    ['IMAGE measures 160 x 120', { IMAGE: png, MASK: png }],
  ])('says what is wrong: %s', async (sentence, wrong) => {
    await expect(all('sd3', { ...words, ...wrong })).rejects.toMatchObject({
      serverMessage: expect.stringContaining(sentence),
    });
  });
});
