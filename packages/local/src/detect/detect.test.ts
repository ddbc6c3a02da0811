import type { Detection, DetectRequest } from '@atelier/sdk';
import { iou } from '@atelier/sdk/image';
import { memory } from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { RunTask } from '../worker/pool.ts';
import { decode, photo, runInProcess } from './__fixtures__/photo.ts';
import { createDetect } from './detect.ts';
import type { DetectTaskInput } from './detect-task.ts';

const capability = createDetect(runInProcess);
const find = async (name: string, phrases: string[], rest: Partial<DetectRequest> = {}) =>
  await capability.run({ image: await photo(name), phrases, ...rest }, {});
const labels = (detections: readonly Detection[]) => detections.map(({ label }) => label);

describe('on the sample photographs', () => {
  it.each([
    ['coffee.png', 1],
    ['two-cups.png', 2],
    ['big-and-small-cup.png', 2],
    ['cup-and-cat.png', 1],
    ['chelsea.png', 0],
    ['rocket.jpg', 0],
  ])('%s has %i cups', async (name, count) => {
    expect(await find(name, ['cups'])).toHaveLength(count);
  });

  it('puts the box where the cup is', async () => {
    const [cup] = await find('coffee.png', ['the cup']);
    expect(cup).toMatchObject({ label: 'cup', phrase: 'the cup' });
    expect(
      iou(cup?.box ?? { x: 0, y: 0, width: 0, height: 0 }, { x: 165, y: 21, width: 245, height: 238 }),
    ).toBeGreaterThan(0.9);
  });

  it('tells left from right, big from small', async () => {
    const xs = (await find('two-cups.png', ['cup'])).map(({ box }) => box.x + box.width / 2).sort((a, b) => a - b);
    expect(xs[0]).toBeLessThan(400);
    expect(xs[1]).toBeGreaterThan(800);
    const [big, small] = (await find('big-and-small-cup.png', ['cup'])).toSorted((a, b) => b.box.width - a.box.width);
    expect(big?.box.x).toBeLessThan(600);
    expect(small?.box.x).toBeGreaterThan(600);
  });

  it('sees a cup and an animal side by side', async () => {
    const found = await find('cup-and-cat.png', ['cup', 'animal']);
    expect(found.map(({ phrase }) => phrase).sort()).toEqual(['animal', 'cup']);
    expect(found.find(({ phrase }) => phrase === 'animal')?.box.x).toBeGreaterThan(500);
  });

  it('finds one person and one face, the face inside the person', async () => {
    const found = await find('astronaut.png', []);
    expect(labels(found).sort()).toEqual(['face', 'person']);
    expect(found.every(({ label, phrase }) => label === phrase)).toBe(true);
    const face = found.find(({ label }) => label === 'face');
    expect(
      iou(face?.box ?? { x: 0, y: 0, width: 0, height: 0 }, { x: 175, y: 60, width: 100, height: 125 }),
    ).toBeGreaterThan(0.6);
  });

  it('reports the cat as the model does: a dog', async () => {
    const [seen] = await find('chelsea.png', []);
    expect(seen?.label).toBe('dog');
    expect(seen?.score).toBeCloseTo(0.48, 1);
  });

  it('answers each phrase in its own words', async () => {
    const found = await find('coffee.png', ['mug', '컵', 'mug']);
    expect(found.map(({ phrase }) => phrase)).toEqual(['mug', '컵']);
    expect(labels(found)).toEqual(['cup', 'cup']);
  });

  it('honours the threshold, sorts by score and stays inside the picture', async () => {
    const few = await find('chelsea.png', [], { threshold: 0.3 });
    const many = await find('chelsea.png', [], { threshold: 0.1 });
    expect(many.length).toBeGreaterThan(few.length);
    for (const [index, { box, score }] of many.entries()) {
      expect(score).toBeGreaterThanOrEqual(0.1);
      expect(score).toBeLessThanOrEqual(many[index - 1]?.score ?? 1);
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(451);
      expect(box.y + box.height).toBeLessThanOrEqual(300);
    }
    expect(labels(await find('chelsea.png', ['cat'], { threshold: 0.15 }))).toEqual(['cat']);
  });

  it('finds the same cup at 12 megapixels', async () => {
    const large = sharp((await photo('coffee.png')).data, { raw: { width: 600, height: 400, channels: 4 } });
    const image = await decode(await large.resize(4200, 2800).png({ compressionLevel: 1 }).toBuffer());
    const cups = await capability.run({ image, phrases: ['cup'] }, {});
    expect(cups).toHaveLength(1);
    expect(iou(cups[0]?.box ?? image, { x: 1155, y: 147, width: 1715, height: 1666 })).toBeGreaterThan(0.8);
  });

  it('copes with a single pixel', async () => {
    const image = await decode(
      await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
        .png()
        .toBuffer(),
    );
    expect(await capability.run({ image, phrases: [] }, {})).toEqual([]);
  });
});

describe('the request', () => {
  it('is refused before any pixel is looked at when a word is unknown', async () => {
    const image = await photo('chelsea.png');
    expect(capability.able({ image, phrases: ['cup'] })).toBe(true);
    expect(capability.able({ image, phrases: ['saucer'] })).toMatchObject({ code: 'phrase-unknown' });
    await expect(capability.run({ image, phrases: ['saucer'] }, {})).rejects.toMatchObject({ code: 'phrase-unknown' });
    await expect(capability.run({ image, phrases: [], threshold: 2 }, {})).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(capability.run({ image, phrases: [], threshold: Number.NaN }, {})).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('runs only the models that the words need', async () => {
    const inputs: DetectTaskInput[] = [];
    const spy: RunTask = async (name, input, options) => {
      // What createDetect sends is a DetectTaskInput; the pool's type does not say so.
      inputs.push(input as DetectTaskInput);
      return await runInProcess(name, input, options);
    };
    const image = await photo('astronaut.png');
    await createDetect(spy).run({ image, phrases: ['face'] }, {});
    await createDetect(spy).run({ image, phrases: ['person'] }, {});
    expect(inputs.map(({ objects, faces }) => [objects, faces])).toEqual([
      [undefined, 0.8],
      [0.3, undefined],
    ]);
  });

  it('stops between tiles when aborted, and reports rising progress until then', async () => {
    const image = await photo('two-cups.png');
    const abort = new AbortController();
    const shares: number[] = [];
    // One that has not seen the picture yet.
    const fresh = createDetect(runInProcess);
    const run = fresh.run(
      { image, phrases: ['cup'] },
      {
        signal: abort.signal,
        progress: (share) => (shares.push(share) === 2 ? abort.abort(new Error('enough')) : undefined),
      },
    );
    await expect(run).rejects.toThrow('enough');
    expect(shares).toEqual([1 / 3, 2 / 3]);
    await expect(
      capability.run({ image, phrases: [] }, { signal: AbortSignal.abort(new Error('never')) }),
    ).rejects.toThrow('never');
  });
});

it('leaves no listener behind in the process', async () => {
  await find('chelsea.png', ['cup']);
  const names = process.listeners('uncaughtException').map(String);
  expect(names.filter((text) => text.includes('ExitStatus'))).toEqual([]);
});

it('keeps no tensors between calls', async () => {
  await find('chelsea.png', ['cup', 'face']);
  const { numTensors, numDataBuffers } = memory();
  for (let call = 0; call < 5; call++) await find('chelsea.png', ['cup', 'face']);
  expect(memory()).toMatchObject({ numTensors, numDataBuffers });
  expect(numTensors).toBeGreaterThan(0);
});
