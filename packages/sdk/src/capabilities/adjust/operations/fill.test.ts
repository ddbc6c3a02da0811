import { describe, expect, it } from 'vitest';
import { at, everywhere, paint, withData } from '../__fixtures__/pixels.ts';
import { fill } from './fill.ts';

const pixels = paint(5, 3, (x, y) => [x * 40, y * 60, 7, 90]);

describe('fill', () => {
  it.each([
    ['white', [255, 255, 255, 255]],
    ['#0a1b2c', [0x0a, 0x1b, 0x2c, 255]],
    ['rgb(1, 2, 3)', [1, 2, 3, 255]],
  ])('covers everything with opaque %s', (colour, expected) => {
    const result = withData(pixels, fill.apply(pixels, { colour }, everywhere(pixels)));
    expect(at(result, 0, 0)).toEqual(expected);
    expect(at(result, 4, 2)).toEqual(expected);
  });

  it('measures the share that has the colour', () => {
    const alpha = everywhere(pixels);
    const result = withData(pixels, fill.apply(pixels, { colour: 'white' }, alpha));
    expect(fill.measure(pixels, result, { colour: 'white' }, alpha).done).toBe(true);
    expect(fill.measure(pixels, result, { colour: 'cream' }, alpha).done).toBe(false);
    result.data[0] = 0;
    expect(fill.measure(pixels, result, { colour: 'white' }, alpha)).toMatchObject({
      done: false,
      evidence: expect.stringContaining('93.3 %'),
    });
  });

  it.each([{}, { colour: 'shiny' }, { colour: 'rgb(1, 2, 300)' }, { colour: 'red', radius: 2 }])(
    'refuses %j',
    (parameters) => {
      expect(fill.parameters.safeParse(parameters).success).toBe(false);
    },
  );
});
