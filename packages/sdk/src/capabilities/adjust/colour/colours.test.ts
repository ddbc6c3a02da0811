import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedColours } from './colour-names.ts';
import { hexOf, nameColour, parseColour } from './colours.ts';

describe('parseColour', () => {
  it.each([
    ['#06c', '#0066cc'],
    ['#0066CC', '#0066cc'],
    ['rgb(0, 102, 204)', '#0066cc'],
    ['RGB(0,102,204)', '#0066cc'],
    ['white', '#ffffff'],
    ['a white', '#ffffff'],
    ['white colour', '#ffffff'],
    ['흰색으로', '#ffffff'],
    ['하얗게', '#ffffff'],
    ['하얀색', '#ffffff'],
  ])('reads %s', (text, hex) => {
    const colour = parseColour(text);
    expect(colour && hexOf(colour)).toBe(hex);
  });

  it.each([
    ['blue', '파란색', '파랗게', '파랑', '파란색으로'],
    ['red', '빨간색', '빨갛게', '빨강으로'],
    ['black', '검은색', '까맣게', '검정'],
    ['dark green', '진한 초록색', '짙은 녹색', '어두운 초록'],
    ['light pink', '연한 분홍색', 'pale pink', '연분홍'],
    ['grey', 'gray', '회색'],
  ])('reads %s and its other names alike', (name, ...others) => {
    for (const other of others) expect(parseColour(other), other).toEqual(parseColour(name));
    expect(parseColour(name)).toBeDefined();
  });

  it.each([
    '',
    'shiny',
    '#12',
    '#12345',
    '#gggggg',
    'rgb(1,2)',
    'rgb(1, 2, 256)',
    'bluegreenish',
    '컵',
    'dark',
    'red and blue',
  ])('does not read %j', (text) => expect(parseColour(text)).toBeUndefined());

  it('makes dark darker and light lighter', () => {
    const sum = (text: string): number => {
      const { r, g, b } = parseColour(text) ?? { r: 0, g: 0, b: 0 };
      return r + g + b;
    };
    for (const name of ['blue', 'red', 'green', 'brown', 'grey']) {
      expect(sum(`dark ${name}`)).toBeLessThan(sum(name));
      expect(sum(`light ${name}`)).toBeGreaterThan(sum(name));
    }
  });

  it('reads back every hex it writes', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(byte, byte, byte, (r, g, b) => {
        expect(parseColour(hexOf({ r, g, b }))).toEqual({ r, g, b });
      }),
    );
  });

  it('has no word twice', () => {
    const words = namedColours.flatMap(({ en, ko, koAdverb = [] }) => [...en, ...ko, ...koAdverb]);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });
});

describe('nameColour', () => {
  it.each([
    ['#ffffff', 'white', '흰색'],
    ['#2060d0', 'blue', '파란색'],
    ['#8e1010', 'burgundy', '버건디'],
    ['#3b1f10', 'dark brown', '어두운 갈색'],
    ['#a0522d', 'brown', '갈색'],
    ['#e9ddc8', 'beige', '베이지색'],
    ['#5a5a5a', 'grey', '회색'],
    ['#2b2b2b', 'dark grey', '어두운 회색'],
    ['#b9b1a7', 'light grey', '밝은 회색'],
    ['#050608', 'black', '검은색'],
    ['#1e3a2a', 'dark green', '어두운 초록색'],
    ['#ffd700', 'yellow', '노란색'],
    ['#87ceeb', 'sky blue', '하늘색'],
    ['#101c50', 'navy', '남색'],
    ['#ffc0cb', 'pink', '분홍색'],
  ])('calls %s %s', (hex, en, ko) => {
    const colour = parseColour(hex);
    expect(colour && nameColour(colour)).toEqual({ en, ko });
  });

  it('calls every named colour by a name of its own, in words that can be read again', () => {
    for (const { hex } of namedColours) {
      const colour = parseColour(hex);
      const name = colour && nameColour(colour);
      expect(name && parseColour(name.en), hex).toBeDefined();
      expect(name && parseColour(name.ko), hex).toBeDefined();
    }
  });
});
