import { Image, Mask } from '@atelier/sdk';
import { describe, expect, it } from 'vitest';
import { colourNames, colourOfWord } from './colour-names.ts';
import { nameOf, oklchOf } from './colour-regions.ts';
import { dominantColours, mainColours } from './dominant-colours.ts';

const bytes = (hex: string): [number, number, number] => {
  const value = Number.parseInt(hex.replace('#', ''), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};

describe('names of colours', () => {
  it.each(colourNames)('$name is itself', ({ name, hex }) => {
    expect(nameOf(oklchOf(...bytes(hex)))).toBe(name);
  });

  it.each([
    ['ff0000', 'red'],
    ['8b0000', 'red'],
    ['dc143c', 'red'],
    ['b83212', 'red'],
    ['ff8c00', 'orange'],
    ['e26e46', 'orange'],
    ['ffd700', 'yellow'],
    ['8b4513', 'brown'],
    ['a0522d', 'brown'],
    ['d2b48c', 'beige'],
    ['f5deb3', 'beige'],
    ['006400', 'green'],
    ['00ff00', 'green'],
    ['808000', 'green'],
    ['008080', 'turquoise'],
    ['40e0d0', 'turquoise'],
    ['87ceeb', 'blue'],
    ['000080', 'blue'],
    ['0000ff', 'blue'],
    ['800080', 'purple'],
    ['4b0082', 'purple'],
    ['ffc0cb', 'pink'],
    ['ff69b4', 'pink'],
    ['fffff0', 'white'],
    ['c0c0c0', 'grey'],
    ['202020', 'black'],
  ])('#%s is %s', (hex, name) => {
    expect(nameOf(oklchOf(...bytes(hex)))).toBe(name);
  });

  it('gives every sRGB colour a name of its own, grey only where there is little colour', () => {
    for (let value = 0; value < 0xffffff; value += 4099) {
      const colour = oklchOf(value >> 16, (value >> 8) & 255, value & 255);
      if (nameOf(colour) === 'grey') expect(colour.chroma).toBeLessThan(0.03);
    }
  });

  it('knows the words in both languages, each with one meaning', () => {
    expect([colourOfWord('gray'), colourOfWord('빨간'), colourOfWord('navy'), colourOfWord('loud')]).toEqual([
      'grey',
      'red',
      'blue',
      undefined,
    ]);
    const words = colourNames.flatMap(({ english, koreanWords }) => [...english, ...koreanWords]);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});

/** A picture whose pixels are given by a function. */
async function paint(width: number, height: number, at: (x: number, y: number) => readonly number[]): Promise<Image> {
  const data = new Uint8Array(width * height * 4);
  for (let index = 0; index < width * height; index++)
    data.set([...at(index % width, Math.floor(index / width)), 255].slice(0, 4), index * 4);
  return await Image.fromPixels({ width, height, data });
}

describe('dominantColours', () => {
  const whole = { x: 0, y: 0, width: 100, height: 100 };

  it('looks inside the mask only', async () => {
    const image = await paint(100, 100, (x) => (x < 30 ? [0, 0, 255] : [200, 30, 30]));
    const mask = Mask.fromBox(image, { x: 0, y: 0, width: 30, height: 100 });
    expect(dominantColours(image, mask.bounds ?? whole, mask)).toEqual([{ name: 'blue', share: 1 }]);
  });

  it('looks at the middle of the box without a mask', async () => {
    const image = await paint(100, 100, (x, y) =>
      Math.max(Math.abs(x - 50), Math.abs(y - 50)) < 35 ? [0, 128, 0] : [255, 255, 0],
    );
    expect(dominantColours(image, whole)[0]).toEqual({ name: 'green', share: 1 });
  });

  it('gives shares, and mentions only the large ones', async () => {
    const image = await paint(100, 100, (x) => (x < 60 ? [200, 30, 30] : x < 90 ? [230, 230, 230] : [0, 0, 255]));
    const shares = dominantColours(image, whole, Mask.fromBox(image, whole));
    expect(shares.map(({ name, share }) => [name, share])).toEqual([
      ['red', 0.6],
      ['white', 0.3],
      ['blue', 0.1],
    ]);
    expect(mainColours(shares)).toEqual(['red', 'white']);
  });

  it('leaves out highlights and shadows, unless the thing is white or black', async () => {
    const shiny = await paint(100, 100, (x) => (x < 25 ? [255, 255, 255] : x < 50 ? [8, 8, 8] : [200, 30, 30]));
    expect(dominantColours(shiny, whole, Mask.fromBox(shiny, whole))).toEqual([{ name: 'red', share: 1 }]);
    const white = await paint(100, 100, (x) => (x < 70 ? [255, 255, 255] : [200, 200, 200]));
    expect(dominantColours(white, whole, Mask.fromBox(white, whole))[0]?.name).toBe('white');
  });

  it('takes no long time and no other answer at 12 megapixels', async () => {
    const data = new Uint8Array(4000 * 3000 * 4).fill(255);
    for (let index = 0; index < data.length; index += 4) data.set([30, 90, 200], index);
    const image = await Image.fromPixels({ width: 4000, height: 3000, data });
    const started = performance.now();
    expect(dominantColours(image, { x: 0, y: 0, width: 4000, height: 3000 })).toEqual([{ name: 'blue', share: 1 }]);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('says nothing about transparent pixels', async () => {
    const image = await paint(10, 10, () => [255, 0, 0, 0]);
    expect(dominantColours(image, { x: 0, y: 0, width: 10, height: 10 })).toEqual([]);
  });
});
