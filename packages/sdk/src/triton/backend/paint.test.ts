import { describe, expect, it } from 'vitest';
import { encodeImage } from '../../image/encode.ts';
import { scriptedCalls } from './__fixtures__/scripted-calls.ts';
import { bytes, fp32, int32 } from './__fixtures__/tensors.ts';
import type { Outputs } from './outputs.ts';
import { type Painting, paint } from './paint.ts';

const size = { width: 32, height: 16 };
const pngOf = async (side: { width: number; height: number }) =>
  (await encodeImage({ ...side, data: new Uint8Array(side.width * side.height * 4).fill(255) }, { format: 'png' }))
    .bytes;
const png = await pngOf(size);
const smaller = await pngOf({ width: 16, height: 16 });
const larger = await pngOf({ width: 320, height: 160 });
const painting: Painting = {
  ...size,
  prompt: 'a cat',
  negativePrompt: 'dogs',
  steps: 2,
  guidance: 7,
  strength: 0.5,
  seed: 2 ** 53 - 1,
};
const step = (number: number, of = 2): Outputs => ({ STEP: int32([number]), STEPS: int32([of]) });
const done: Outputs = { IMAGE: bytes(png) };

describe('the stream of sd3', () => {
  it('is asked for as the contract has it, over gRPC', async () => {
    const { calls, asked } = scriptedCalls([step(1), step(2), done]);
    await paint(calls, 'sd3', painting, {});
    const [{ inputs, options }] = asked;
    expect(inputs).toEqual({
      PROMPT: 'a cat',
      NEGATIVE_PROMPT: 'dogs',
      WIDTH: 32,
      HEIGHT: 16,
      STEPS: 2,
      GUIDANCE: 7,
      STRENGTH: 0.5,
      SEED: 9007199254740991n,
    });
    expect(options).toMatchObject({ transport: 'grpc', idempotent: true });
    await paint(calls, 'sd3', { ...painting, image: png, mask: png }, {});
    expect(asked[1].inputs).toMatchObject({ IMAGE: png, MASK: png });
  });

  it('tells its steps and ends with pixels', async () => {
    const progress: number[] = [];
    const { calls } = scriptedCalls([step(1), step(2), done]);
    const pixels = await paint(calls, 'sd3', painting, { progress: (fraction) => progress.push(fraction) });
    expect([pixels.width, pixels.height, pixels.data.length]).toEqual([32, 16, 32 * 16 * 4]);
    expect(progress).toEqual([0.49, 0.98, 1]);
  });

  it.each<[string, readonly Outputs[], RegExp]>([
    ['breaks off', [step(1), step(2)], /broke off before its IMAGE/],
    ['is empty', [], /broke off/],
    ['has a garbage picture', [{ IMAGE: bytes('not a picture') }], /cannot be decoded/],
    ['has half a picture', [{ IMAGE: bytes(png.subarray(0, png.length - 20)) }], /cannot be decoded/],
    ['has a smaller picture', [{ IMAGE: bytes(smaller) }], /16 x 16 instead of 32 x 16/],
    ['has a larger picture', [{ IMAGE: bytes(larger) }], /cannot be decoded/],
    ['has two pictures', [{ IMAGE: bytes(png, png) }], /2 elements in IMAGE/],
    ['has a picture of numbers', [{ IMAGE: fp32([1, 2, 3]) }], /IMAGE as FP32/],
    ['counts steps in floats', [{ STEP: fp32([1]), STEPS: int32([2]) }, done], /STEP as FP32/],
    ['counts steps without an end', [{ STEP: int32([1]) }, done], /no output STEPS/],
    ['counts too far', [step(3), done], /step 3 of 2/],
    ['counts to nothing', [step(0, 0), done], /step 0 of 0/],
  ])('is refused when it %s', async (_what, responses, message) => {
    const { calls } = scriptedCalls(responses);
    await expect(paint(calls, 'sd3', painting, { progress: () => {} })).rejects.toMatchObject({
      code: 'response-invalid',
      model: 'sd3',
      message: expect.stringMatching(message),
    });
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 53])('is not begun with the seed %d', async (seed) => {
    const { calls, asked } = scriptedCalls([done]);
    await expect(paint(calls, 'sd3', { ...painting, seed }, {})).rejects.toMatchObject({ code: 'invalid-input' });
    expect(asked).toEqual([]);
  });
});
