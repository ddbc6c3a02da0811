import { describe, expect, it } from 'vitest';
import { AtelierError } from '../../errors/atelier-error.ts';
import { Mask } from '../../image/mask.ts';
import { squareCapabilities, squares, squaresOn } from '../__fixtures__/squares.ts';
import { adjust } from '../adjust/adjust.ts';
import { adjustOperations } from '../adjust/operations/index.ts';
import type { CapabilityMap } from '../capability.ts';
import { inpaint } from '../inpaint/inpaint.ts';
import { remove } from '../remove/remove.ts';
import { createVisionContext } from '../vision.ts';

const square = { colour: 'red', x: 30, y: 30, side: 24 } as const;
const image = await squaresOn(160, 120, [square, { colour: 'blue', x: 120, y: 80, side: 24 }]);
const mask = Mask.fromBox(image, { x: 30, y: 30, width: 24, height: 24 });
const things = [
  { label: 'red square', score: 0.9, box: { x: 30, y: 30, width: 24, height: 24 }, phrase: 'red square' },
];

const studio = (changed: Partial<CapabilityMap> = {}) => createVisionContext([squares(changed)]);
const failing = (error: unknown): Partial<CapabilityMap> => ({
  detect: { ...squareCapabilities.detect, run: () => Promise.reject(error) },
});
const unknowing: Partial<CapabilityMap> = {
  detect: { ...squareCapabilities.detect, able: () => ({ code: 'phrase-unknown', hint: 'It knows no such word.' }) },
};

describe('a second look that fails', () => {
  it.each([
    ['a failed backend', new AtelierError({ code: 'backend-failed', message: 'out of memory' }), 'out of memory'],
    ['a timeout', new DOMException('took too long', 'TimeoutError'), 'took too long'],
    ['a fault in the backend', new TypeError('x is not a function'), 'x is not a function'],
  ])('leaves the edit standing, unconfirmed: %s', async (_what, error, words) => {
    for (const edit of [
      await remove(studio(failing(error)), image, { mask, things }),
      await inpaint(studio(failing(error)), image, { mask, prompt: 'a green square' }),
    ]) {
      expect(edit.receipt.changedInsideMask).toBeGreaterThan(500);
      expect(edit.verified).toMatchObject({ ok: false, by: 'nobody' });
      expect(edit.verified.reason).toMatch(/^could not be checked: /);
      expect(edit.verified.reason).toContain(words);
    }
  });

  it('leaves an adjustment standing whose figures cannot be taken', async () => {
    const blur = adjustOperations.find(({ name }) => name === 'blur');
    if (!blur) throw new Error('no blur');
    const { measure } = blur;
    blur.measure = () => {
      throw new RangeError('no sample');
    };
    try {
      const half = Mask.fromBox(image, { x: 20, y: 20, width: 24, height: 40 });
      const edit = await adjust(studio(), image, { operation: 'blur', mask: half });
      expect(edit.verified).toEqual({ ok: false, reason: 'could not be checked: no sample', by: 'nobody' });
    } finally {
      blur.measure = measure;
    }
  });

  it('is stopped by the caller, as cancelled', async () => {
    const stop = new AbortController();
    const asked: string[] = [];
    const context = studio({
      detect: {
        ...squareCapabilities.detect,
        run: async () => {
          stop.abort();
          throw stop.signal.reason;
        },
      },
      ask: {
        ...squareCapabilities.ask,
        run: async ({ question }) => {
          asked.push(question);
          return { answer: 'Yes.' };
        },
      },
    });
    const options = { mask, prompt: 'a green square', signal: stop.signal };
    await expect(inpaint(context, image, options)).rejects.toMatchObject({ code: 'cancelled' });
    expect(asked).toEqual([]);
  });
});

describe('the place that is looked at', () => {
  it('is the edited mask, not the padded box that was worked on', async () => {
    const edit = await inpaint(studio(), image, { mask, prompt: 'a green square' });
    expect(edit.verified).toMatchObject({ ok: true, by: 'squares (square-finder)' });
    const { bounds } = edit.mask;
    const seen: number[] = [];
    // A detector that sees the thing as a box that shares 0.3 of its area with the mask, and less with the padded box.
    const nearMiss = studio({
      detect: {
        ...squareCapabilities.detect,
        run: async ({ phrases }) => {
          if (!bounds) return [];
          const box = { ...bounds, width: bounds.width * 0.31 };
          seen.push(box.width);
          return [{ label: 'green square', score: 0.5, box, phrase: phrases[0] }];
        },
      },
    });
    expect((await inpaint(nearMiss, image, { mask, prompt: 'a green square' })).verified.ok).toBe(true);
    expect(seen).toHaveLength(1);
  });

  it('is what is asked about, where the detector does not know the thing', async () => {
    // The blue square far away must not answer for the place that was painted green.
    const wrong = await inpaint(
      studio({ ...unknowing, inpaint: { ...squareCapabilities.inpaint, run: async ({ image }) => image } }),
      image,
      { mask, prompt: 'a blue square' },
    );
    expect(wrong.verified).toMatchObject({ ok: false, reason: 'asked whether it is there: "No."' });
    const right = await inpaint(studio(unknowing), image, { mask, prompt: 'a blue square' });
    expect(right.verified).toMatchObject({ ok: true, by: 'squares (square-counter)' });
  });

  it('finds a removed thing gone, and one that is still there not', async () => {
    expect((await remove(studio(), image, { mask, things })).verified).toMatchObject({ ok: true });
    const lazy = studio({ remove: { ...squareCapabilities.remove, run: async ({ image }) => image } });
    expect((await remove(lazy, image, { mask })).verified).toMatchObject({
      ok: false,
      reason: expect.stringContaining('a red square is still seen there'),
    });
  });
});
