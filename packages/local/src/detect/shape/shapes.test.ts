import type { Detection } from '@atelier/sdk';
import { iou } from '@atelier/sdk/image';
import { describe, expect, it } from 'vitest';
import { Random } from '../../remove/random.ts';
import { photo, runInProcess } from '../__fixtures__/photo.ts';
import { boxOfDrawn, type DrawnShape, drawnNames, drawShapes } from '../__fixtures__/shapes-picture.ts';
import { createDetect } from '../detect.ts';

const seeded = (seed: number) => {
  const stream = new Random(seed);
  return () => stream.below(1e6) / 1e6;
};
const detect = createDetect(runInProcess);
const paints = { red: '#d81e1e', green: '#229a3b', blue: '#1f5fd0', yellow: '#f7d117', purple: '#7d3cb5' } as const;
const paintNames = Object.keys(paints) as readonly (keyof typeof paints)[]; // Its own keys.
const isOn = (shape: DrawnShape) => (found: Detection) => iou(found.box, boxOfDrawn(shape)) > 0.7;

describe('shapes', () => {
  it('tells the outlines and colours of a seeded sample apart, shaded, noisy and turned', async () => {
    const random = seeded(20);
    const drawn = drawnNames.map(
      (name, index): DrawnShape => ({
        name,
        colour: paints[paintNames[index % paintNames.length] ?? 'red'],
        x: 70 + (index % 4) * 112,
        y: 100 + Math.floor(index / 4) * 150,
        radius: 30 + Math.round(12 * random()),
        turn: Math.round(360 * random()),
      }),
    );
    const image = await drawShapes(drawn, { random });
    for (const name of drawnNames) {
      const found = await detect.run({ image, phrases: [name], threshold: 0.65 }, {});
      const same = drawn.filter((shape) => shape.name === name);
      expect(found.length, name).toBe(same.length);
      for (const shape of same) expect(found.some(isOn(shape)), name).toBe(true);
    }
    for (const paint of ['red', 'blue'] as const) {
      const found = await detect.run({ image, phrases: [`${paint} shape`] }, {});
      const same = drawn.filter(({ colour }) => colour === paints[paint]);
      for (const shape of same) expect(found.some(isOn(shape)), paint).toBe(true);
      expect(found.length, paint).toBe(same.length);
    }
  });

  it('finds a shape of a colour only where there is one', async () => {
    const circle: DrawnShape = { name: 'circle', colour: paints.red, x: 120, y: 150, radius: 50 };
    const square: DrawnShape = { name: 'square', colour: paints.blue, x: 340, y: 170, radius: 50 };
    const image = await drawShapes([circle, square], { random: seeded(3) });
    const find = (phrase: string) => detect.run({ image, phrases: [phrase] }, {});
    for (const [phrase, shape] of [
      ['red circle', circle],
      ['빨간 공', circle],
      ['동그란 것', circle],
      ['red thing', circle],
      ['blue square', square],
      ['파란 네모', square],
      ['square', square],
    ] as const) {
      const found = await find(phrase);
      expect(found.map(isOn(shape)), phrase).toEqual([true]);
      expect(found[0]?.phrase).toBe(phrase);
    }
    for (const phrase of ['blue circle', 'red square', 'green thing', 'triangle', 'star', '노란 동그라미']) {
      expect(await find(phrase), phrase).toEqual([]);
    }
  });

  it('sees what is round in a photograph, and no stars', async () => {
    const image = await photo('coffee.png');
    const round = await detect.run({ image, phrases: ['round thing'] }, {});
    expect(iou(round[0]?.box ?? image, { x: 173, y: 18, width: 236, height: 189 })).toBeGreaterThan(0.8);
    expect(await detect.run({ image, phrases: ['star', 'triangle', 'heart', 'cross'] }, {})).toEqual([]);
  });
});
