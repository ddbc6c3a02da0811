import { oklabOfBytes } from '@atelier/sdk/adjust';
import { describe, expect, it } from 'vitest';
import { colourNames } from '../../ask/colour-names.ts';
import { colourShare } from './colour-share.ts';
import { readColour, splitColour } from './colour-wish.ts';

const lab = (hex: string) => {
  const value = Number.parseInt(hex.replace('#', ''), 16);
  return oklabOfBytes(value >> 16, (value >> 8) & 255, value & 255);
};
const belongs = (word: string, hex: string) => readColour(word)?.belongs(lab(hex)) ?? Number.NaN;

describe('a colour asked for', () => {
  it.each(colourNames)(
    '$name is answered by its own value in both languages, and by no opposite',
    ({ name, korean, hex }) => {
      expect(belongs(name, hex)).toBe(1);
      expect(belongs(korean, hex)).toBe(1);
      const opposite = name === 'green' || name === 'turquoise' ? '#d81e1e' : '#229a3b';
      expect(belongs(name, opposite)).toBe(0);
    },
  );

  it('tells shades apart', () => {
    expect(belongs('dark blue', '#10254f')).toBeGreaterThan(0.8);
    expect(belongs('dark blue', '#9cc7f5')).toBe(0);
    expect(belongs('light blue', '#9cc7f5')).toBeGreaterThan(0.8);
    expect(belongs('light blue', '#10254f')).toBe(0);
    expect(belongs('navy', '#1b2a5c')).toBe(1);
    expect(belongs('navy', '#42a5f5')).toBeLessThan(0.2);
    expect(belongs('연한 초록색', '#a8dfb4')).toBeGreaterThan(0.5);
  });

  it('takes what warm light does to a paint for half', () => {
    expect(belongs('red', '#e26e46')).toBe(0.5);
    expect(belongs('white', '#b8b8b8')).toBe(0.5);
  });

  it('is split from its noun', () => {
    expect(splitColour('dark red cup')).toMatchObject({ colour: { said: 'dark red' }, rest: 'cup' });
    expect(splitColour('cup')).toBeUndefined();
    expect(readColour('loud')).toBeUndefined();
  });
});

describe('colourShare', () => {
  const samples = (...parts: [hex: string, count: number][]) =>
    parts.flatMap(([hex, count]) =>
      Array.from({ length: count }, () => ({ colour: lab(hex), weight: 1, height: 0.5 })),
    );
  const share = (word: string, ...parts: [hex: string, count: number][]) => {
    const colour = readColour(word);
    return colour ? colourShare(samples(...parts), colour) : Number.NaN;
  };

  it('leaves out shadows and highlights that do not answer', () => {
    expect(share('red', ['#c62828', 6], ['#080808', 2], ['#ffffff', 2])).toBe(1);
    expect(share('black', ['#c62828', 6], ['#080808', 4])).toBeCloseTo(0.4);
    expect(share('red', ['#080808', 8], ['#c62828', 2])).toBeCloseTo(0.2);
  });
});
