import { describe, expect, it } from 'vitest';
import { Mask } from '../image/mask.ts';
import { squareCapabilities, squares, squaresOn } from './__fixtures__/squares.ts';
import { adjust } from './adjust/adjust.ts';
import { ask } from './ask/ask.ts';
import type { CapabilityMap } from './capability.ts';
import { detect } from './detect/detect.ts';
import { generate } from './generate/generate.ts';
import { inpaint } from './inpaint/inpaint.ts';
import { remove } from './remove/remove.ts';
import { segmentTarget } from './segment/segment.ts';
import { createVisionContext } from './vision.ts';

const image = await squaresOn(80, 60, [
  { colour: 'red', x: 10, y: 12, side: 16 },
  { colour: 'blue', x: 50, y: 20, side: 20 },
]);
const mask = Mask.fromBox(image, { x: 10, y: 12, width: 16, height: 16 });
const box = { x: 8, y: 10, width: 20, height: 20 };

/** Calls a capability of a backend that answers it in this way. */
const calls = {
  ask: (context) => ask(context, image, { question: 'is there a red square?' }),
  detect: (context) => detect(context, image, { phrases: ['red square'] }),
  segment: (context) => segmentTarget(context, image, { box }),
  remove: (context) => remove(context, image, { mask }),
  inpaint: (context) => inpaint(context, image, { mask, prompt: 'a green square' }),
  generate: (context) => generate(context, { prompt: 'red', width: 8, height: 4 }),
  adjust: (context) => adjust(context, image, { operation: 'blur', mask }),
} satisfies { [Name in keyof CapabilityMap]: (context: ReturnType<typeof createVisionContext>) => Promise<unknown> };

const answering = (name: keyof CapabilityMap, respond: (request: never) => unknown) => {
  // What a backend written in JavaScript may answer: the types cannot promise it.
  const run = (async (request: never) => respond(request)) as never;
  return createVisionContext([squares({ [name]: { ...squareCapabilities[name], run } })]);
};

const sizeOf = ({ image: { width, height } }: { image: { width: number; height: number } }) => ({ width, height });
const detection = { label: 'red square', score: 0.9, box, phrase: 'red square' };

describe('a response that keeps the contract', () => {
  it('passes, of every capability', async () => {
    const context = createVisionContext([squares()]);
    expect(await calls.ask(context)).toMatchObject({ answer: 'Yes, 1.', backend: 'squares' });
    expect(await calls.detect(context)).toMatchObject([{ label: 'red square', box: { x: 10, y: 12, width: 16 } }]);
    expect(await calls.segment(context)).toMatchObject({ mask: { id: mask.id }, model: 'square-cutter' });
    expect(await calls.remove(context)).toMatchObject({ verified: { ok: true }, receipt: { changedOutsideMask: 0 } });
    expect(await calls.inpaint(context)).toMatchObject({ verified: { ok: true } });
    expect(await calls.generate(context)).toMatchObject({ width: 8, height: 4 });
    expect(await calls.adjust(context)).toMatchObject({ receipt: { model: 'operations' } });
  });

  it('is clipped where a box reaches over the edge, and otherwise left as it is', async () => {
    const over = { ...detection, box: { x: -4, y: 50.5, width: 20, height: 20 } };
    const within = { ...detection, score: 0.5 };
    const found = await calls.detect(answering('detect', () => [over, within]));
    expect(found).toEqual([{ ...over, box: { x: 0, y: 50.5, width: 16, height: 9.5 } }, within]);
  });
});

describe('a response that breaks the contract', () => {
  it.each<[string, keyof CapabilityMap, (request: never) => unknown, string]>([
    ['no words', 'ask', () => ({ answer: ' ' }), 'without words'],
    ['nothing', 'ask', () => undefined, 'without words'],
    ['a confidence over 1', 'ask', () => ({ answer: 'Yes.', confidence: 87 }), 'confidence 87'],
    ['no list', 'detect', () => ({}), 'no list'],
    ['a score that is no number', 'detect', () => [{ ...detection, score: Number.NaN }], 'NaN'],
    ['a score over 1', 'detect', () => [{ ...detection, score: 1.5 }], '1.5'],
    ['falling order broken', 'detect', () => [{ ...detection, score: 0.4 }, detection], 'not sorted'],
    ['a box of NaN', 'detect', () => [{ ...detection, box: { ...box, x: Number.NaN } }], 'NaN'],
    ['a box without area', 'detect', () => [{ ...detection, box: { ...box, width: 0 } }], 'without area'],
    ['a box elsewhere', 'detect', () => [{ ...detection, box: { ...box, x: 900 } }], 'outside'],
    ['no box', 'detect', () => [{ ...detection, box: undefined }], 'a box'],
    ['words nobody asked', 'detect', () => [{ ...detection, phrase: 'dog' }], 'not asked'],
    ['no mask', 'segment', () => ({ score: 1 }), 'no mask'],
    [
      'a mask of another size',
      'segment',
      () => ({ mask: Mask.fromBox({ width: 9, height: 9 }, box), score: 1 }),
      '9 x 9',
    ],
    ['a mask without score', 'segment', () => ({ mask }), 'score'],
    ['too few bytes', 'remove', (request) => ({ ...sizeOf(request), data: new Uint8Array(12) }), '12 bytes'],
    ['another size', 'inpaint', () => ({ width: 2, height: 1, data: new Uint8Array(8) }), '2 x 1 pixels'],
    ['plain numbers', 'adjust', (request) => ({ ...sizeOf(request), data: [1, 2, 3] }), 'no pixels'],
    ['no picture', 'generate', () => null, 'no pixels'],
  ])('is refused: %s', async (_what, name, respond, words) => {
    const error = await calls[name](answering(name, respond)).then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toMatchObject({ code: 'backend-failed', details: { capability: name, backend: 'squares' } });
    expect(error.message).toContain(`squares (${squareCapabilities[name].model})`);
    expect(error.message).toContain(words);
  });

  it('says which backend failed when one throws', async () => {
    const broken = answering('remove', () => {
      throw new RangeError('tile is gone');
    });
    await expect(calls.remove(broken)).rejects.toMatchObject({
      code: 'backend-failed',
      message: expect.stringMatching(/squares \(border-mean\).*tile is gone/),
    });
  });
});
