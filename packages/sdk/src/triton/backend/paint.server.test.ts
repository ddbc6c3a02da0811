import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, inject, it, vi } from 'vitest';
import { atelier } from '../../agent/atelier.ts';
import { squaresOn } from '../../capabilities/__fixtures__/squares.ts';
import type { Image } from '../../image/image.ts';
import { triton } from './triton.ts';

const { url, grpcUrl } = inject('triton');
const backend = triton({ url, grpcUrl, steps: 6 });
const { vision } = atelier({ backends: [backend] });
afterAll(() => backend.close());

const image = await squaresOn(200, 150, [
  { colour: 'red', x: 20, y: 20, side: 40 },
  { colour: 'green', x: 130, y: 90, side: 30 },
]);
const red = { x: 20, y: 20, width: 40, height: 40 };
const at = ({ width, data }: Image, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3),
];

describe('painting on a real server', () => {
  it('repaints a thing, tells each step, and changes nothing outside the mask', async () => {
    const progress: number[] = [];
    const edit = await vision.inpaint(image, {
      box: red,
      prompt: 'a blue circle',
      seed: 3,
      progress: (fraction) => progress.push(fraction),
    });
    const [r, g, b] = at(edit.image, 40, 40);
    expect(b).toBeGreaterThan(190);
    expect(Math.max(r, g)).toBeLessThan(90);
    expect(edit.receipt).toMatchObject({ backend: 'triton', model: 'sd3', seed: 3, changedOutsideMask: 0 });
    expect(edit.receipt.changedInsideMask).toBeGreaterThan(1_500);
    expect(edit.verified).toMatchObject({ ok: true, by: 'triton (owlv2)' });
    expect(progress.slice(0, 6).map((fraction) => Math.round(fraction * 100))).toEqual([16, 33, 49, 65, 82, 98]);
  });

  it('gives equal pixels for equal seeds, and others for others', async () => {
    const repaint = async (seed: number) =>
      (await vision.inpaint(image, { box: red, prompt: 'yellow', seed })).image.id;
    const [first, again, other] = [await repaint(1), await repaint(1), await repaint(2)];
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('removes a thing, and sees that it is gone', async () => {
    const edit = await vision.remove(image, { phrase: 'the red square' });
    expect(edit.verified).toMatchObject({ ok: true });
    expect(edit.receipt).toMatchObject({ capability: 'remove', model: 'sd3', changedOutsideMask: 0 });
    for (const value of at(edit.image, 40, 40)) expect(Math.abs(value - 200)).toBeLessThan(25);
    expect(await vision.detect(edit.image, { phrases: ['red square'] })).toEqual([]);
  });

  it.each([
    [300, 210],
    [1000, 700],
    [40, 300],
  ])('generates a picture of exactly %i x %i', async (width, height) => {
    const picture = await vision.generate({ prompt: 'a green square', width, height, seed: 5 });
    expect([picture.width, picture.height]).toEqual([width, height]);
    const [r, g, b] = at(picture, Math.floor(width / 2), Math.floor(height / 2));
    expect(g).toBeGreaterThan(Math.max(r, b) + 60);
  });

  it('hands what is wrong on in the words of the model', async () => {
    await expect(vision.generate({ prompt: 'red', width: 512, height: 512, guidance: 99 })).rejects.toMatchObject({
      code: 'request-rejected',
      serverMessage: expect.stringContaining('GUIDANCE must be from 0 to 30'),
    });
  });

  it('needs gRPC, and says so', async () => {
    const overHttp = triton({ url, grpcUrl: false });
    await expect(
      atelier({ backends: [overHttp] }).vision.generate({ prompt: 'red', width: 512, height: 512 }),
    ).rejects.toMatchObject({ code: 'grpc-required', hint: expect.stringContaining('grpcUrl') });
    await overHttp.close();
  });

  it('stops the model when it is aborted', async () => {
    const record = join(tmpdir(), `atelier-${inject('triton').pid}-paint.json`);
    const recording = triton({ url, grpcUrl, steps: 1_000, headers: { 'atelier-record': record } });
    const controller = new AbortController();
    let abortedAt = 0;
    const work = atelier({ backends: [recording] }).vision.generate({
      prompt: 'a red circle',
      width: 512,
      height: 512,
      signal: controller.signal,
      progress: (fraction) => {
        if (fraction < 0.004 || abortedAt > 0) return;
        abortedAt = Date.now();
        controller.abort();
      },
    });
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
    const noted = await vi.waitFor(async () => JSON.parse(await readFile(record, 'utf8')), { timeout: 5_000 });
    expect(noted).toMatchObject({ cancelled: true, steps: 1_000 });
    // About 12 ms on an idle machine. Without cancellation it would be 10 seconds: a step takes 10 ms.
    expect(noted.at * 1000 - abortedAt).toBeLessThan(1_000);
    await recording.close();
  });
});
