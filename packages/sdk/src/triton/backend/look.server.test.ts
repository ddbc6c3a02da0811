import { createHash } from 'node:crypto';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { atelier } from '../../agent/atelier.ts';
import { squaresOn } from '../../capabilities/__fixtures__/squares.ts';
import { encodeImage } from '../../image/encode.ts';
import { SpyClient } from './__fixtures__/spy-client.ts';
import { triton } from './triton.ts';

const { url, grpcUrl } = inject('triton');
const client = new SpyClient({ url, grpcUrl });
const { vision } = atelier({ backends: [triton({ client })] });
afterAll(() => client.close());

const image = await squaresOn(160, 120, [
  { colour: 'red', x: 10, y: 12, side: 30 },
  { colour: 'red', x: 100, y: 20, side: 24 },
  { colour: 'blue', x: 60, y: 70, side: 40 },
]);

describe('detect on a real server', () => {
  it('finds the things that the words name, best first', async () => {
    const found = await vision.detect(image, { phrases: ['red square', 'the blue square'] });
    expect(found.map(({ label, box }) => [label, box])).toEqual([
      ['red square', { x: 10, y: 12, width: 30, height: 30 }],
      ['red square', { x: 100, y: 20, width: 24, height: 24 }],
      ['blue square', { x: 60, y: 70, width: 40, height: 40 }],
    ]);
    for (const { score } of found) expect(score).toBeCloseTo(0.95, 3);
  });

  it('resolves places, and finds nothing for words of other things', async () => {
    const left = await vision.detect(image, { phrases: ['the red square on the left'] });
    expect(left.map(({ box }) => box.x)).toEqual([10]);
    expect(await vision.detect(image, { phrases: ['a dog'] })).toEqual([]);
  });

  it('hands the threshold on', async () => {
    expect(await vision.detect(image, { phrases: ['red square'], threshold: 0.99 })).toEqual([]);
  });

  it('sends the file itself where there is one', async () => {
    const { bytes } = await encodeImage(image, { format: 'webp', lossless: true });
    client.calls.length = 0;
    expect(await vision.detect(bytes, { phrases: ['a green square', 'blue square'] })).toHaveLength(1);
    const sent = client.calls.at(-1)?.request.inputs.IMAGE.data[0];
    expect(sent).toEqual(bytes);
  });

  it('says what is wrong in the words of the model', async () => {
    await expect(vision.detect(image, { phrases: ['x'], threshold: 7 })).rejects.toMatchObject({
      code: 'request-rejected',
      serverMessage: expect.stringContaining('THRESHOLD must be from 0 to 1'),
    });
  });
});

/** Bytes of pictures that went out, call by call. */
const uploads = () =>
  client.calls.map(({ request }) => request.inputs.IMAGE.data[0]).map((sent) => Object(sent).length);

describe('segment on a real server', () => {
  it('cuts out what is in a box, or under points', async () => {
    const inBox = await vision.segment(image, { box: { x: 55, y: 65, width: 50, height: 50 } });
    expect(inBox.bounds).toEqual({ x: 60, y: 70, width: 40, height: 40 });
    expect(inBox.area).toBe(1600);
    const underPoint = await vision.segment(image, { points: [{ x: 15, y: 15, positive: true }] });
    expect(underPoint.bounds).toEqual({ x: 10, y: 12, width: 30, height: 30 });
  });

  it('takes a box together with points that lie beside the thing', async () => {
    const box = { x: 5, y: 5, width: 40, height: 40 };
    const outside = await vision.segment(image, { box, points: [{ x: 7, y: 7, positive: false }] });
    expect(outside.area).toBe(900);
    await expect(vision.segment(image, { box, points: [{ x: 20, y: 20, positive: false }] })).rejects.toMatchObject({
      code: 'no-match',
    });
  });

  it('sends a picture once, and again when the server has forgotten it', async () => {
    const first = await squaresOn(1200, 900, [{ colour: 'green', x: 300, y: 200, side: 200 }]);
    const second = await squaresOn(1200, 900, [{ colour: 'yellow', x: 500, y: 400, side: 100 }]);
    const cut = async (picture: typeof first, x: number, y: number) =>
      (await vision.segment(picture, { points: [{ x, y, positive: true }] })).bounds;
    client.calls.length = 0;
    expect(await cut(first, 400, 300)).toEqual({ x: 300, y: 200, width: 200, height: 200 });
    expect(await cut(first, 301, 399)).toEqual({ x: 300, y: 200, width: 200, height: 200 });
    const [full, empty] = uploads();
    expect(full).toBeGreaterThan(1_000);
    expect(empty).toBe(0);
    // The server keeps 4 MiB of pixels: the second picture drives the first one out.
    expect(await cut(second, 550, 450)).toEqual({ x: 500, y: 400, width: 100, height: 100 });
    client.calls.length = 0;
    expect(await cut(first, 400, 300)).toEqual({ x: 300, y: 200, width: 200, height: 200 });
    expect(uploads()).toEqual([0, full]);
    const key = createHash('sha256')
      .update((await encodeImage(first, { format: 'png' })).bytes)
      .digest('hex');
    expect(client.calls.map(({ options }) => options.routeKey)).toEqual([key, key]);
  });
});

describe('ask on a real server', () => {
  it('answers from the picture, and tells the words as they come', async () => {
    const deltas: string[] = [];
    const progress: number[] = [];
    const { answer, backend, model } = await vision.ask(image, {
      question: 'How many red squares are there?',
      onText: (delta) => deltas.push(delta),
      progress: (fraction) => progress.push(fraction),
    });
    expect({ answer, backend, model }).toEqual({ answer: 'There are 2 red squares.', backend: 'triton', model: 'vqa' });
    expect(deltas).toEqual(['There', ' are', ' 2', ' red', ' squares.']);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(1);
  });

  it('asks for the language of the question', async () => {
    expect((await vision.ask(image, '파란 사각형이 몇 개 있나요?')).answer).toBe('파란 사각형 1개가 있습니다.');
    const english = await vision.ask(image, { question: '빨간 사각형?', language: 'en' });
    expect(english.answer).toBe('There are 2 red squares.');
  });

  it('marks an answer that was cut off', async () => {
    const short = atelier({ backends: [triton({ client, maxTokens: 3 })] });
    expect((await short.vision.ask(image, 'What is there?')).answer).toBe('There are 2 …');
  });

  it('works where only HTTP is open, with the picture in base64', async () => {
    const backend = triton({ url, grpcUrl: false });
    const overHttp = atelier({ backends: [backend] });
    const deltas: string[] = [];
    const { answer } = await overHttp.vision.ask(image, {
      question: 'Is there a blue square?',
      onText: (delta) => deltas.push(delta),
    });
    expect(answer).toBe('Yes, there is 1 blue square.');
    expect(deltas.length).toBe(6);
    await backend.close();
  });
});
