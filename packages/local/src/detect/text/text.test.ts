import { Image } from '@atelier/sdk';
import { boxArea } from '@atelier/sdk/image';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { photo, runInProcess } from '../__fixtures__/photo.ts';
import { writeOn } from '../__fixtures__/write-on.ts';
import { createDetect } from '../detect.ts';
import { shareInside } from '../merge.ts';
import { unionBoxes } from './union-boxes.ts';

const detect = createDetect(runInProcess);
/** On the astronaut's suit: the tag, the letters on it, and the round patch. */
const badges = {
  tag: { x: 279, y: 333, width: 52, height: 46 },
  letters: { x: 285, y: 363, width: 38, height: 10 },
  patch: { x: 133, y: 350, width: 76, height: 72 },
};

describe('text', () => {
  it.each([
    ['chelsea.png', { text: 'Fresh bread', size: 20, colour: '#ffffff', x: 180, y: 60 }],
    ['coffee.png', { text: 'Open daily', size: 48, colour: '#f7d117', x: 40, y: 360, turn: -6 }],
    ['rocket.jpg', { text: 'NO PARKING', size: 64, colour: '#ffffff', x: 60, y: 240, turn: 4 }],
    ['chelsea.png', { text: 'Menu', size: 120, colour: '#1f5fd0', x: 40, y: 200 }],
  ])('on %s is found whole: %o', async (name, writing) => {
    const { image, ink } = await writeOn(await photo(name), writing);
    const found = await detect.run({ image, phrases: ['text'] }, {});
    const covered = found.reduce((most, { box }) => Math.max(most, shareInside(ink, box)), 0);
    expect(covered).toBeGreaterThan(0.8);
    expect(found.every(({ label, phrase }) => label === 'text' && phrase === 'text')).toBe(true);
  });

  it('is told by its colour', async () => {
    const { image, ink } = await writeOn(await photo('chelsea.png'), {
      text: 'Grand Hotel',
      size: 40,
      colour: '#1f5fd0',
      x: 60,
      y: 120,
    });
    const [blue] = await detect.run({ image, phrases: ['파란 글자'] }, {});
    expect(shareInside(ink, blue?.box ?? image)).toBeGreaterThan(0.8);
    expect(await detect.run({ image, phrases: ['red text'] }, {})).toEqual([]);
  });

  it.each([
    ['chelsea.png', 0],
    ['coffee.png', 0],
    ['two-cups.png', 0],
    ['cup-and-cat.png', 0],
    ['big-and-small-cup.png', 0],
    ['rocket.jpg', 2],
    ['astronaut.png', 2],
  ])('is hardly seen where there is none: on %s at most %i times', async (name, most) => {
    const image = await photo(name);
    const found = await detect.run({ image, phrases: ['text'] }, {});
    const real = name === 'astronaut.png' ? Object.values(badges) : [];
    const wrong = found.filter(({ box }) => !real.some((badge) => shareInside(box, badge) > 0.5));
    expect(wrong.length).toBeLessThanOrEqual(most);
    expect(wrong.filter(({ box }) => boxArea(box) > 0.02 * image.width * image.height)).toEqual([]);
  });

  it("is seen on the astronaut's name tag and patch, and not far around them", async () => {
    const found = await detect.run({ image: await photo('astronaut.png'), phrases: ['text'] }, {});
    const onTag = found.filter(({ box }) => shareInside(badges.letters, box) > 0.9);
    expect(onTag.some(({ box }) => shareInside(box, badges.tag) > 0.7)).toBe(true);
    const onPatch = found.filter(({ box }) => shareInside(box, badges.patch) > 0.7);
    expect(shareInside(badges.patch, unionBoxes(onPatch.map(({ box }) => box)))).toBeGreaterThan(0.5);
  });

  it('copes with a picture of one colour', async () => {
    const plain = await sharp({ create: { width: 40, height: 3, channels: 4, background: 'red' } })
      .raw()
      .toBuffer();
    const image = await Image.fromPixels({ width: 40, height: 3, data: Uint8Array.from(plain) });
    expect(await detect.run({ image, phrases: ['text', 'circle', 'red thing'] }, {})).toEqual([]);
  });
});
