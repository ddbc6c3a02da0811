import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compositeInto, countChangedOutside } from './composite.ts';
import type { Pixels } from './pixels.ts';

const picture = (width: number, height: number, alpha?: number) =>
  fc.uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 }).map((data): Pixels => {
    if (alpha !== undefined) for (let at = 3; at < data.length; at += 4) data[at] = alpha;
    return { width, height, data };
  });

const scene = fc
  .record({
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 12 }),
    left: fc.nat(),
    top: fc.nat(),
    across: fc.nat(),
    down: fc.nat(),
  })
  .chain(({ width, height, left, top, across, down }) => {
    const at = { x: left % width, y: top % height };
    const size = { width: 1 + (across % (width - at.x)), height: 1 + (down % (height - at.y)) };
    const weights = fc.oneof({ withCrossShrink: true }, fc.constantFrom(0, 255), fc.integer({ min: 0, max: 255 }));
    const count = size.width * size.height;
    return fc.record({
      base: picture(width, height),
      patch: picture(size.width, size.height),
      at: fc.constant(at),
      alpha: fc.array(weights, { minLength: count, maxLength: count }).map((list) => Uint8Array.from(list)),
    });
  });

const pixelAt = (data: Uint8Array, index: number) => [...data.subarray(index * 4, index * 4 + 4)];

describe('compositeInto', () => {
  it('changes nothing outside the patch or under alpha 0, and takes the patch under 255', async () => {
    await fc.assert(
      fc.asyncProperty(scene, async ({ base, patch, at, alpha }) => {
        const before = base.data.slice();
        const result = await compositeInto(base, patch, at, alpha);
        expect(base.data).toEqual(before);
        for (let index = 0; index < base.width * base.height; index++) {
          const x = (index % base.width) - at.x;
          const y = Math.floor(index / base.width) - at.y;
          const isInside = x >= 0 && y >= 0 && x < patch.width && y < patch.height;
          const weight = isInside ? alpha[y * patch.width + x] : 0;
          if (weight === 0) expect(pixelAt(result, index)).toEqual(pixelAt(base.data, index));
          if (weight === 255) expect(pixelAt(result, index)).toEqual(pixelAt(patch.data, y * patch.width + x));
        }
        expect((await countChangedOutside(base, result, at, patch, alpha)).outside).toBe(0);
      }),
    );
  });

  it('rounds opaque mixtures to the nearest value', async () => {
    await fc.assert(
      fc.asyncProperty(picture(16, 16, 255), picture(16, 16, 255), async (base, patch) => {
        const alpha = Uint8Array.from({ length: 256 }, (_, index) => index);
        const result = await compositeInto(base, patch, { x: 0, y: 0 }, alpha);
        const wanted = base.data.map((value, at) => {
          const weight = alpha[at >> 2] ?? 0;
          return Math.round((value * (255 - weight) + (patch.data[at] ?? 0) * weight) / 255);
        });
        expect(result).toEqual(wanted);
      }),
      { numRuns: 20 },
    );
  });

  it('weighs colour by opacity, so that what lies under transparency does not shine through', async () => {
    const base = { width: 1, height: 1, data: Uint8Array.of(255, 0, 0, 0) };
    const patch = { width: 1, height: 1, data: Uint8Array.of(0, 0, 200, 255) };
    expect([...(await compositeInto(base, patch, { x: 0, y: 0 }, Uint8Array.of(128)))]).toEqual([0, 0, 200, 128]);
  });

  it.each([
    ['beyond the right edge', { x: 3, y: 0 }, 4],
    ['at a negative place', { x: -1, y: 0 }, 4],
    ['between pixels', { x: 0.5, y: 0 }, 4],
    ['with too few weights', { x: 0, y: 0 }, 3],
  ])('refuses a patch %s', async (_name, at, count) => {
    const base = { width: 4, height: 4, data: new Uint8Array(64) };
    const patch = { width: 2, height: 2, data: new Uint8Array(16) };
    await expect(compositeInto(base, patch, at, new Uint8Array(count))).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('stops when the signal fires', async () => {
    const base = { width: 2000, height: 2000, data: new Uint8Array(16_000_000) };
    const alpha = new Uint8Array(4_000_000).fill(128);
    const stop = new AbortController();
    const work = compositeInto(base, base, { x: 0, y: 0 }, alpha, stop.signal);
    stop.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });
});

describe('countChangedOutside', () => {
  it('finds every changed pixel, on the right side of the edge', async () => {
    await fc.assert(
      fc.asyncProperty(scene, fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }))), async (one, changes) => {
        const { base, patch, at, alpha } = one;
        const result = base.data.slice();
        for (const [place, by] of changes) result[place % result.length] = (result[place % result.length] ?? 0) ^ by;
        let outside = 0;
        let inside = 0;
        for (let index = 0; index < base.width * base.height; index++) {
          if (pixelAt(result, index).every((value, channel) => value === base.data[index * 4 + channel])) continue;
          const x = (index % base.width) - at.x;
          const y = Math.floor(index / base.width) - at.y;
          const allowed = x >= 0 && x < patch.width && y >= 0 && y < patch.height && alpha[y * patch.width + x] !== 0;
          if (allowed) inside++;
          else outside++;
        }
        expect(await countChangedOutside(base, result, at, patch, alpha)).toEqual({ outside, inside });
      }),
    );
  });

  it('refuses a result of another size', async () => {
    const base = { width: 1, height: 1, data: new Uint8Array(4) };
    const count = countChangedOutside(base, new Uint8Array(8), { x: 0, y: 0 }, base, Uint8Array.of(1));
    await expect(count).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
