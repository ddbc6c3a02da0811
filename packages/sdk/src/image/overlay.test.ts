import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box, Size } from './geometry.ts';
import { intersectBoxes } from './geometry.ts';
import { Mask } from './mask.ts';
import { planBadge } from './overlay/badge.ts';
import { colourOf } from './overlay/colours.ts';
import { drawableText, textWidth } from './overlay/font.ts';
import { placeBadges } from './overlay/layout.ts';
import { drawOverlay } from './overlay.ts';

const plain = ({ width, height }: Size) => ({ width, height, data: new Uint8Array(width * height * 4).fill(255) });

/** The box around all pixels that differ between two pictures of the given width. */
function changedBounds(before: Uint8Array, after: Uint8Array, width: number): Box | undefined {
  const changed = before.map((_, at) =>
    at % 4 === 0 && [0, 1, 2, 3].some((c) => before[at + c] !== after[at + c]) ? 1 : 0,
  );
  const pixels = changed.filter((_, at) => at % 4 === 0);
  return new Mask(width, pixels.length / width, pixels).bounds;
}

const has = (data: Uint8Array, colour: readonly number[]): boolean => {
  for (let at = 0; at < data.length; at += 4)
    if (colour.every((value, channel) => data[at + channel] === value)) return true;
  return false;
};

describe('drawOverlay', () => {
  it('returns an untouched copy when there is nothing to show', async () => {
    const image = plain({ width: 20, height: 10 });
    const result = await drawOverlay(image, []);
    expect(result).toEqual(image.data);
    expect(result).not.toBe(image.data);
  });

  it('draws near the thing only, and leaves the picture itself alone', async () => {
    const image = plain({ width: 600, height: 400 });
    const before = image.data.slice();
    const box = { x: 200, y: 150, width: 120, height: 100 };
    const result = await drawOverlay(image, [{ box, label: 'cup' }]);
    expect(image.data).toEqual(before);
    const bounds = changedBounds(before, result, 600);
    expect(bounds?.x).toBeGreaterThanOrEqual(198);
    expect(bounds?.y).toBeGreaterThan(110);
    expect((bounds?.y ?? 0) + (bounds?.height ?? 0)).toBeLessThanOrEqual(252);
    expect(has(result, colourOf(0))).toBe(true);
    expect(result[(200 * 600 + 260) * 4]).toBe(255);
  });

  it('tints a mask, and outlines it in full colour', async () => {
    const size = { width: 200, height: 200 };
    const mask = Mask.fromBox(size, { x: 60, y: 60, width: 100, height: 100 });
    const result = await drawOverlay(plain(size), [{ mask, label: '' }]);
    const colour = colourOf(0);
    expect([...result.subarray((120 * 200 + 61) * 4, (120 * 200 + 61) * 4 + 3)]).toEqual(colour);
    const inside = result[(130 * 200 + 130) * 4 + 2] ?? 0;
    expect(inside).toBeGreaterThan(colour[2]);
    expect(inside).toBeLessThan(255);
    expect(result[(190 * 200 + 190) * 4 + 2]).toBe(255);
  });

  it('shows different numbers for different places in the list', async () => {
    const image = plain({ width: 300, height: 200 });
    const box = { x: 100, y: 80, width: 100, height: 80 };
    const far = { x: 0, y: 190, width: 10, height: 10 };
    const corner = (data: Uint8Array) => data.subarray(0, 300 * 4 * 78);
    const first = await drawOverlay(image, [{ box, label: '' }]);
    const seventh = await drawOverlay(image, [...new Array(7).fill({ box: far, label: '' }), { box, label: '' }]);
    expect(corner(first)).not.toEqual(corner(seventh));
  });

  it('falls back to the number for labels the font cannot draw', async () => {
    const image = plain({ width: 300, height: 200 });
    const box = { x: 50, y: 60, width: 100, height: 80 };
    const [korean, none, english] = await Promise.all(
      ['빨간 컵', '', 'red cup'].map((label) => drawOverlay(image, [{ box, label }])),
    );
    expect(korean).toEqual(none);
    expect(english).not.toEqual(none);
  });

  it('draws on any size of picture, things partly outside or beyond it included', async () => {
    const boxes = [
      { x: -50, y: -50, width: 60, height: 60 },
      { x: 0, y: 0, width: 1e6, height: 1e6 },
      { x: 5000, y: 5000, width: 3, height: 3 },
      { x: 0.2, y: 0.2, width: 0.3, height: 0.3 },
    ];
    for (const size of [
      { width: 1, height: 1 },
      { width: 3, height: 200 },
      { width: 200, height: 3 },
      { width: 64, height: 64 },
    ]) {
      const result = await drawOverlay(
        plain(size),
        boxes.map((box) => ({ box, label: 'a label' })),
      );
      expect(result.length).toBe(size.width * size.height * 4);
    }
  });

  it('shows on fully transparent pictures', async () => {
    const image = { width: 100, height: 100, data: new Uint8Array(40_000) };
    const result = await drawOverlay(image, [{ box: { x: 40, y: 40, width: 50, height: 50 }, label: '' }]);
    expect(has(result, [...colourOf(0), 255])).toBe(true);
  });

  it('refuses masks of another size, and stops at the signal', async () => {
    const image = plain({ width: 4, height: 4 });
    const mask = new Mask(4, 3, new Uint8Array(12));
    await expect(drawOverlay(image, [{ mask, label: '' }])).rejects.toMatchObject({ code: 'mask-invalid' });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(drawOverlay(image, [], { signal })).rejects.toThrow('enough');
  });
});

describe('badges', () => {
  const picture = { width: 1200, height: 800 };
  const thing = fc.record({
    x: fc.integer({ min: -50, max: 1190 }),
    y: fc.integer({ min: -50, max: 790 }),
    width: fc.integer({ min: 1, max: 900 }),
    height: fc.integer({ min: 1, max: 600 }),
  });

  it('stay inside the picture and off each other', () => {
    fc.assert(
      fc.property(fc.array(thing, { maxLength: 12 }), (things) => {
        const badges = things.map((one, index) => ({
          full: planBadge(index + 1, 'a thing', 16, 300),
          bare: planBadge(index + 1, '', 16, 300),
          thing: one,
        }));
        const boxes = placeBadges(picture, badges).map(({ plan, at }) => ({
          ...at,
          width: plan.width,
          height: plan.height,
        }));
        for (const [index, box] of boxes.entries()) {
          expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= 1200 && box.y + box.height <= 800).toBe(true);
          for (const other of boxes.slice(index + 1)) expect(intersectBoxes(box, other)).toBeUndefined();
        }
      }),
    );
  });

  it('do not hide small things, and give up the label first', () => {
    const plans = (number: number, label: string) => ({
      full: planBadge(number, label, 16, 300),
      bare: planBadge(number, '', 16, 300),
    });
    const small = { x: 60, y: 100, width: 30, height: 30 };
    const wide = { x: 0, y: 100, width: 60, height: 31 };
    const [first] = placeBadges({ width: 400, height: 131 }, [
      { ...plans(1, 'a long label for it'), thing: { ...wide, y: 0, height: 131 } },
      { ...plans(2, ''), thing: { ...small, y: 0, height: 20 } },
      { ...plans(3, ''), thing: { ...small, y: 111, height: 20 } },
    ]);
    expect(first?.plan.label).toBe('');
    expect(first?.at).toEqual({ x: 0, y: 0 });
  });

  it('clip labels to the width they have, or leave them out', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 40, max: 400 }), (label, maxWidth) => {
        const plan = planBadge(3, label, 16, maxWidth);
        expect(plan.width).toBeLessThanOrEqual(Math.max(plan.height, maxWidth + 1));
      }),
    );
    expect(planBadge(1, 'a very long description of a thing', 16, 150).label).toMatch(/^a very.*\.\.\.$/);
  });
});

describe('the built-in font', () => {
  it('draws every letter and digit, drops accents, and knows what it lacks', () => {
    expect(drawableText('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')).toBeDefined();
    expect(drawableText(' café\n au  lait ')).toBe('cafe au lait');
    expect(drawableText('컵')).toBeUndefined();
    expect(drawableText('constructor')).toBe('constructor');
    expect(textWidth('WW', 14)).toBeGreaterThan(textWidth('W', 14) * 2);
    expect(textWidth('', 14)).toBe(0);
  });
});
