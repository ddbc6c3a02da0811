import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Library } from '../assets/library.ts';
import { memoryAssetStore } from '../assets/memory-asset-store.ts';
import { encodeImage } from '../image/encode.ts';
import type { ReadPolicy } from '../image/image-input.ts';
import { Mask } from '../image/mask.ts';
import { squareCapabilities, squares, squaresOn } from './__fixtures__/squares.ts';
import type { CapabilityMap } from './capability.ts';
import { createVision, createVisionContext, loadImage } from './vision.ts';

const image = await squaresOn(80, 60, [
  { colour: 'red', x: 10, y: 12, side: 16 },
  { colour: 'red', x: 50, y: 20, side: 20 },
]);
const { bytes } = await encodeImage(image, { format: 'png' });

const studio = (changed: Partial<CapabilityMap> = {}, policy: ReadPolicy = {}) => {
  const store = memoryAssetStore();
  const vision = createVision(createVisionContext([squares(changed)]), new Library(store, 'test'), policy);
  // Another library on the same store: what it finds was stored, not only remembered.
  return { vision, stored: new Library(store, 'test') };
};

describe('what vision makes', () => {
  it('is kept under the ids of the receipt', async () => {
    const { vision, stored } = studio();
    const left = { phrase: 'the red square on the left' };
    const edits = [
      await vision.remove(image, left),
      await vision.inpaint(image, { ...left, prompt: 'a green square' }),
      await vision.adjust(image, { ...left, operation: 'recolour', parameters: { colour: 'blue' } }),
    ];
    for (const { receipt, image: after, mask } of edits) {
      expect(receipt.after).toBe(after.id);
      expect((await vision.load(receipt.after)).id).toBe(after.id);
      expect((await stored.getImage(receipt.after)).data).toEqual(after.data);
      expect((await stored.getMask(receipt.mask)).mask.id).toBe(mask.id);
    }
    const again = await vision.remove(edits[0].receipt.after, { phrase: 'red square' });
    expect(again.receipt.before).toBe(edits[0].receipt.after);
    const painted = await vision.generate({ prompt: 'blue', width: 8, height: 8 });
    expect((await stored.getImage(painted.id)).id).toBe(painted.id);
    const mask = await vision.segment(image, left);
    expect((await stored.getMask(mask.id)).mask.area).toBe(256);
  });
});

describe('a cancelled call', () => {
  const never = async () => {
    await new Promise(() => {});
    throw new Error('unreachable');
  };
  const stuck = studio({
    ask: { ...squareCapabilities.ask, run: never },
    detect: { ...squareCapabilities.detect, run: never },
    generate: { ...squareCapabilities.generate, run: never },
  }).vision;
  const slowPhrase = { phrase: 'red square' };

  it.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
    ['load', (signal) => stuck.load(bytes, { signal })],
    ['detect', (signal) => stuck.detect(image, { phrases: ['red square'], signal })],
    ['segment', (signal) => stuck.segment(image, { ...slowPhrase, signal })],
    ['remove', (signal) => stuck.remove(image, { ...slowPhrase, signal })],
    ['inpaint', (signal) => stuck.inpaint(image, { ...slowPhrase, prompt: 'a green square', signal })],
    ['adjust', (signal) => stuck.adjust(image, { ...slowPhrase, operation: 'blur', signal })],
    ['generate', (signal) => stuck.generate({ prompt: 'red', signal })],
    ['ask', (signal) => stuck.ask(image, { question: 'is there a red square?', signal })],
  ])('rejects with cancelled, at once: %s', async (name, call) => {
    const before = new AbortController();
    before.abort();
    await expect(call(before.signal)).rejects.toMatchObject({ name: 'AtelierError', code: 'cancelled' });
    if (name === 'load') return;
    const during = new AbortController();
    const running = call(during.signal);
    await nextTurn();
    during.abort(new Error('the person left'));
    await expect(running).rejects.toMatchObject({ code: 'cancelled', cause: { message: 'the person left' } });
  });

  it('is not mistaken for a failure of the backend', async () => {
    const stop = new AbortController();
    const { vision } = studio({
      ask: {
        ...squareCapabilities.ask,
        run: async () => {
          stop.abort();
          throw new Error('socket closed');
        },
      },
    });
    await expect(vision.ask(image, { question: 'why?', signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('the progress of cutting out', () => {
  it('covers finding and every thing, and never falls', async () => {
    const told: number[] = [];
    await studio().vision.segment(image, { phrase: 'all red squares', progress: (fraction) => told.push(fraction) });
    expect(told).toEqual([0.625, 0.75, 0.875, 1]);
    const boxed: number[] = [];
    const box = { x: 10, y: 12, width: 16, height: 16 };
    await studio().vision.segment(image, { box, progress: (fraction) => boxed.push(fraction) });
    expect(boxed).toEqual([0.5, 1]);
  });
});

describe('limits for what is read', () => {
  const library = () => new Library(memoryAssetStore(), 'test');

  it('hold for pixels and for bytes, and can be raised', async () => {
    const limited = studio({}, { maxPixels: 80 * 60 - 1 }).vision;
    await expect(limited.load(bytes)).rejects.toMatchObject({ code: 'image-too-large' });
    await expect(limited.detect(bytes)).rejects.toMatchObject({ code: 'image-too-large' });
    expect((await studio({}, { maxPixels: 80 * 60 }).vision.load(bytes)).id).toBe(image.id);
    await expect(loadImage(bytes, library(), { maxBytes: bytes.length - 1 })).rejects.toMatchObject({
      code: 'image-too-large',
    });
  });

  it('let a larger file in than the default, where the policy says so', async () => {
    const large = new Uint8Array(128 * 1024 * 1024 + 1);
    large.set(bytes);
    expect((await loadImage(large, library(), { maxBytes: large.length })).id).toBe(image.id);
  });
});

describe('cutting out many things in a large picture', () => {
  it('leaves the event loop free', async () => {
    const size = { width: 4000, height: 3000 };
    const boxes = Array.from({ length: 12 }, (_, i) => ({ x: i * 60, y: i * 60, width: 3000, height: 2000 }));
    const { vision } = studio({
      detect: {
        ...squareCapabilities.detect,
        run: async ({ phrases: [phrase] }) => boxes.map((box) => ({ label: 'wall', score: 0.5, box, phrase })),
      },
      segment: {
        ...squareCapabilities.segment,
        run: async ({ image, box = boxes[0] }) => {
          await nextTurn();
          return { mask: Mask.fromBox(image, box), score: 0.5 };
        },
      },
    });
    const large = await squaresOn(size.width, size.height, []);
    let longest = 0;
    let last = process.threadCpuUsage();
    let watching = true;
    // Processor time of this thread, so that a busy machine is not mistaken for a busy loop.
    const measure = () => {
      const { user, system } = process.threadCpuUsage(last);
      longest = Math.max(longest, (user + system) / 1000);
      last = process.threadCpuUsage();
    };
    const watch = async () => {
      for (; watching; await nextTurn()) measure();
      measure();
    };
    const watcher = watch();
    const mask = await vision.segment(large, { phrase: 'all walls' });
    watching = false;
    await watcher;
    expect(mask.area).toBe(3000 * 2000 + 11 * (3000 * 2000 - 2940 * 1940));
    expect(longest).toBeLessThan(100);
  });
});
