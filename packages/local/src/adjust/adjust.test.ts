import { AtelierError, Image } from '@atelier/sdk';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkerPool } from '../worker/pool.ts';
import { createAdjust } from './adjust.ts';

const pool = createWorkerPool({ size: 1 });
afterAll(() => pool.close());
const adjust = createAdjust((...call) => pool.run(...call));

const grey = (): Promise<Image> =>
  Image.fromPixels({
    width: 8,
    height: 4,
    data: new Uint8Array(8 * 4 * 4).fill(100).map((v, i) => (i % 4 === 3 ? 255 : v)),
  });
const everywhere = new Uint8Array(32).fill(255);

describe('createAdjust', () => {
  it('runs an operation in a worker thread and leaves its input alone', async () => {
    const image = await grey();
    const seen: number[] = [];
    const request = { image, operation: 'fill', parameters: { colour: '#102030' }, alpha: everywhere };
    const pixels = await adjust.run(request, { progress: (fraction) => seen.push(fraction) });
    expect([pixels.width, pixels.height]).toEqual([8, 4]);
    expect([...pixels.data.subarray(0, 4)]).toEqual([0x10, 0x20, 0x30, 255]);
    expect([...image.data.subarray(0, 4)]).toEqual([100, 100, 100, 255]);
    expect(seen.at(-1)).toBe(1);
  });

  it('fills in defaults', async () => {
    const pixels = await adjust.run(
      { image: await grey(), operation: 'brighten', parameters: {}, alpha: everywhere },
      {},
    );
    expect(pixels.data[0]).toBeGreaterThan(110);
    expect(pixels.data[3]).toBe(255);
  });

  it('says what it can do', async () => {
    const image = await grey();
    expect(adjust.able({ image, operation: 'blur', parameters: {}, alpha: everywhere })).toBe(true);
    expect(adjust.able({ image, operation: 'melt', parameters: {}, alpha: everywhere })).toMatchObject({
      code: 'capability-unavailable',
      hint: expect.stringContaining('recolour'),
    });
  });

  it.each([
    ['an unknown operation', { operation: 'melt', parameters: {}, alpha: everywhere }, 'invalid-input'],
    [
      'parameters that do not fit',
      { operation: 'recolour', parameters: { colour: 'shiny' }, alpha: everywhere },
      'invalid-input',
    ],
    ['weights of another size', { operation: 'blur', parameters: {}, alpha: new Uint8Array(31) }, 'mask-invalid'],
  ])('refuses %s', async (_, part, code) => {
    const failure = await adjust.run({ image: await grey(), ...part }, {}).catch((error: unknown) => error);
    expect(AtelierError.isInstance(failure) && failure.code).toBe(code);
  });

  it('stops when its signal is aborted', async () => {
    const request = { image: await grey(), operation: 'blur', parameters: {}, alpha: everywhere };
    const reason = new Error('enough');
    await expect(adjust.run(request, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
