import { Image } from '@atelier/sdk';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { photo, runInProcess } from '../__fixtures__/photo.ts';
import { writeOn } from '../__fixtures__/write-on.ts';
import { createDetect } from '../detect.ts';
import { shareInside } from '../merge.ts';

const detect = createDetect(runInProcess);

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

  it('is not seen in fur, and hardly where wood has its grain', async () => {
    expect(await detect.run({ image: await photo('chelsea.png'), phrases: ['글자'] }, {})).toEqual([]);
    const few = await detect.run({ image: await photo('coffee.png'), phrases: ['text'] }, {});
    expect(few.length).toBeLessThan(4);
  });

  it('copes with a picture of one colour', async () => {
    const plain = await sharp({ create: { width: 40, height: 3, channels: 4, background: 'red' } })
      .raw()
      .toBuffer();
    const image = await Image.fromPixels({ width: 40, height: 3, data: Uint8Array.from(plain) });
    expect(await detect.run({ image, phrases: ['text', 'circle', 'red thing'] }, {})).toEqual([]);
  });
});
