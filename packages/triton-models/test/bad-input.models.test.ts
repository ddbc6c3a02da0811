import { crc32, deflateSync } from 'node:zlib';
import { TritonClient } from '@atelier/sdk/triton';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { wholeMask } from './masks.ts';
import { detection, type Inputs, newPicture, painting, question, responsesOf, segmentation } from './requests.ts';

const { url, grpcUrl } = inject('models');
const client = new TritonClient({ url, grpcUrl });
afterAll(() => client.close());

const picture = await newPicture(64, 64);
const onePixel = await newPicture(1, 1);
const noPicture = new TextEncoder().encode('no picture at all');
const cut = picture.subarray(0, picture.length / 2);
const empty = new Uint8Array();
const notUtf8 = Uint8Array.of(0xff, 0xfe, 0x80);
const smallMask = await wholeMask(32, 32);
const huge = hugePng(20_000);
const long = 'word '.repeat(2_048);
const many = (count: number) => [...Array(count).keys()].map((index) => `thing ${index}`);
const chat = (messages: unknown): Inputs => ({ ...question('x'), MESSAGES: JSON.stringify(messages) });
const userPart = (part: unknown) => chat([{ role: 'user', content: [part] }]);

const run = async (model: string, inputs: Inputs): Promise<unknown> =>
  model === 'sd3' || model === 'vqa'
    ? await responsesOf(client, model, inputs)
    : await client.model(model).infer(inputs);

const bad: readonly [model: string, what: string, inputs: Inputs, words: RegExp][] = [
  ['owlv2', 'not an image', detection(noPicture), /IMAGE is not a picture that can be decoded \(17 bytes\)/],
  ['owlv2', 'half an image', detection(cut), /IMAGE is not a picture that can be decoded/],
  ['owlv2', 'no bytes', detection(empty), /IMAGE is missing or empty/],
  ['owlv2', '20000x20000', detection(huge), /IMAGE is 20000 x 20000; at most 40000000 pixels/],
  [
    'owlv2',
    '0 phrases',
    detection(picture, { PHRASES: { shape: [1, 0], data: [] } }),
    /PHRASES must have from 1 to 100 texts, not 0/,
  ],
  [
    'owlv2',
    '300 phrases',
    detection(picture, { PHRASES: many(300) }),
    /PHRASES must have from 1 to 100 texts, not 300/,
  ],
  ['owlv2', 'an empty phrase', detection(picture, { PHRASES: ['cup', ' '] }), /PHRASES 1 is empty/],
  ['owlv2', 'a 10 kB phrase', detection(picture, { PHRASES: [long] }), /has 10240 characters; at most 1000 are taken/],
  ['owlv2', 'a phrase that is no text', detection(picture, { PHRASES: [notUtf8] }), /PHRASES is not UTF-8/],
  ['owlv2', 'NaN threshold', detection(picture, { THRESHOLD: Number.NaN }), /THRESHOLD must be from 0 to 1, not nan/],
  ['owlv2', 'threshold 1.5', detection(picture, { THRESHOLD: 1.5 }), /THRESHOLD must be from 0 to 1, not 1.5/],
  ['sam', 'not an image', segmentation(noPicture), /IMAGE is not a picture/],
  ['sam', '20000x20000', segmentation(huge), /20000 x 20000/],
  ['sam', 'no prompt', segmentation(picture, noPoints()), /prompt/i],
  ['sam', 'a box outside', segmentation(picture, { ...noPoints(), BOXES: [200, 200, 300, 300] }), /outside/],
  ['sam', 'a point outside', segmentation(picture, { POINTS: [500, 3] }), /outside/],
  ['sam', 'a box without area', segmentation(picture, { ...noPoints(), BOXES: [9, 9, 9, 30] }), /area/],
  ['sam', 'a box of NaN', segmentation(picture, { ...noPoints(), BOXES: [0, 0, Number.NaN, 9] }), /BOXES .*finite/],
  ['sam', 'a NaN point', segmentation(picture, { POINTS: [Number.NaN, 3] }), /POINTS .*finite/],
  ['sam', 'a label nobody knows', segmentation(picture, { POINT_LABELS: [7] }), /POINT_LABELS/],
  [
    'sam',
    'more labels than points',
    segmentation(picture, { POINT_LABELS: [1, 1] }),
    /an element for each point, but have 1, 2 and 1/,
  ],
  ['sam', 'prompt numbers with a gap', segmentation(picture, { POINT_PROMPT: [1] }), /POINT_PROMPT/],
  ['sam', 'a key that is not text', segmentation(picture, { IMAGE_KEY: notUtf8 }), /IMAGE_KEY/],
  ['sd3', 'an empty prompt', painting({ PROMPT: '' }), /PROMPT is empty/],
  ['sd3', 'a 10 kB prompt', painting({ PROMPT: long }), /PROMPT has 10240 characters; at most 4000 are taken/],
  ['sd3', 'a width of 65', painting({ WIDTH: 65 }), /WIDTH must be a multiple of 16, not 65/],
  ['sd3', 'a height of 8192', painting({ HEIGHT: 8192 }), /HEIGHT must be from 64 to 2048, not 8192/],
  ['sd3', '0 steps', painting({ STEPS: 0 }), /STEPS must be from 1 to 200, not 0/],
  ['sd3', 'NaN guidance', painting({ GUIDANCE: Number.NaN }), /GUIDANCE must be from 0 to 30/],
  ['sd3', 'a strength of 2', painting({ STRENGTH: 2 }), /STRENGTH must be from 0 to 1/],
  ['sd3', 'a seed below 0', painting({ SEED: -1 }), /SEED must be from 0/],
  ['sd3', 'not an image', painting({ IMAGE: noPicture, MASK: picture }), /IMAGE is not a picture/],
  ['sd3', '20000x20000', painting({ IMAGE: huge, MASK: picture }), /20000 x 20000/],
  [
    'sd3',
    'a mask of another size',
    painting({ IMAGE: picture, MASK: smallMask }),
    /MASK is 32 x 32, but must be 64 x 64/,
  ],
  [
    'sd3',
    'an image of another size',
    painting({ IMAGE: smallMask, MASK: picture }),
    /IMAGE is 32 x 32, but must be WIDTH x HEIGHT = 64 x 64/,
  ],
  ['vqa', 'not an image', question('x', [noPicture]), /IMAGES.*picture/],
  ['vqa', '20000x20000', question('x', [huge]), /20000 x 20000/],
  ['vqa', '17 pictures', question('x', Array(17).fill(onePixel)), /IMAGES must have at most 16/],
  ['vqa', 'no JSON', question('x', [], { MESSAGES: '{"role"' }), /MESSAGES is not JSON/],
  ['vqa', 'JSON nested 100,000 deep', question('x', [], { MESSAGES: '['.repeat(49_000) }), /MESSAGES/],
  ['vqa', 'no messages', chat([]), /MESSAGES/],
  ['vqa', 'an object', chat({ role: 'user' }), /MESSAGES/],
  ['vqa', 'another role', chat([{ role: 'tool', content: 'x' }]), /role/],
  ['vqa', 'the assistant last', chat([{ role: 'assistant', content: 'x' }]), /last/],
  ['vqa', 'a part of another kind', userPart({ type: 'video' }), /part/],
  ['vqa', 'a picture that is not there', userPart({ type: 'image', index: 0 }), /part|picture/],
  ['vqa', 'a picture nobody refers to', { ...question('x', [picture]), ...messagesOf('no picture') }, /refer/],
  ['vqa', '0 tokens', question('x', [], { MAX_TOKENS: 0 }), /MAX_TOKENS must be from 1/],
  ['vqa', 'NaN temperature', question('x', [], { TEMPERATURE: Number.NaN }), /TEMPERATURE must be from 0 to 2/],
  ['vqa', 'a seed below 0', question('x', [], { SEED: -1 }), /SEED must be from 0/],
  // Triton's own words: a request without any input never reaches a model.
  ['clip', 'neither', {}, /request has 0 inputs/],
  ['clip', 'both', { IMAGES: [picture], TEXTS: ['a'] }, /IMAGES|TEXTS/],
  ['clip', 'not an image', { IMAGES: [picture, noPicture] }, /IMAGES 1 is not a picture/],
  ['clip', '20000x20000', { IMAGES: [huge] }, /20000 x 20000/],
  ['clip', 'an empty text', { TEXTS: ['a', ''] }, /TEXTS 1 is empty/],
  ['clip', '300 texts', { TEXTS: many(300) }, /TEXTS must have from 1 to 256 texts, not 300/],
];

describe('bad input is one sentence, and the model goes on', () => {
  it.each(bad)('%s: %s', async (model, _what, inputs, words) => {
    const error = await run(model, inputs).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'request-rejected', serverMessage: expect.stringMatching(words) });
    expect(String(error)).not.toMatch(/Traceback|File "|\.py\b|\/site-packages\//);
  });

  it.each(['owlv2', 'sam', 'sd3', 'vqa', 'clip'])('%s still answers, also to what is only unusual', async (model) => {
    await run(model, unusual[model]);
    expect(await client.modelReady(model)).toBe(true);
  });
});

const unusual: Readonly<Record<string, Inputs>> = {
  owlv2: detection(onePixel, { PHRASES: many(100) }),
  sam: segmentation(onePixel, { POINTS: [0.5, 0.5] }),
  sd3: painting({ STRENGTH: 0, GUIDANCE: 0, STEPS: 1, PROMPT: 'word '.repeat(790), NEGATIVE_PROMPT: '컵' }),
  vqa: question(long, [onePixel]),
  clip: { TEXTS: [long.slice(0, 9_999), '🎨'] },
};

function messagesOf(words: string): Inputs {
  return { MESSAGES: JSON.stringify([{ role: 'user', content: words }]) };
}

function noPoints(): Inputs {
  return {
    POINTS: { shape: [1, 0, 2], data: [] },
    POINT_LABELS: { shape: [1, 0], data: [] },
    POINT_PROMPT: { shape: [1, 0], data: [] },
  };
}

/** A correct PNG of one grey, of few bytes: what it says of its size is true. */
function hugePng(side: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * side));
  const chunks = [chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), ...chunks]));
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
