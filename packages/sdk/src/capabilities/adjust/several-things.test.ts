import { describe, expect, it } from 'vitest';
import { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import type { Backend } from '../capability.ts';
import { createVisionContext } from '../vision.ts';
import { adjust } from './adjust.ts';
import { findPixelOperation } from './find-operation.ts';
import { thingsApart } from './things-apart.ts';

const size = { width: 160, height: 60 };
const balls = [
  { x: 8, colour: [190, 30, 30] },
  { x: 58, colour: [30, 150, 50] },
  { x: 108, colour: [235, 235, 235] },
] as const;
const boxes = balls.map(({ x }) => ({ x, y: 10, width: 40, height: 40 }));
const inside = (x: number, y: number, left: number) => Math.hypot(x + 0.5 - left - 20, y + 0.5 - 30) < 20;

const scene = () => {
  const data = new Uint8Array(size.width * size.height * 4);
  const mask = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const ball = balls.find((one) => inside(x, y, one.x));
      const shade = ball ? 1.05 - Math.hypot(x - ball.x - 14, y - 24) / 50 : 1;
      const [r, g, b] = ball ? ball.colour.map((value) => Math.min(255, value * shade)) : [90, 90, 96];
      data.set([r, g, b, 255], (y * size.width + x) * 4);
      mask[y * size.width + x] = ball ? 1 : 0;
    }
  return { image: Image.fromPixels({ ...size, data }), mask: new Mask(size.width, size.height, mask) };
};

const pixels: Backend = {
  name: 'pixels',
  capabilities: {
    adjust: {
      model: 'operations',
      able: () => true,
      run: async ({ image, operation, parameters, alpha }) => ({
        width: image.width,
        height: image.height,
        data: findPixelOperation(operation).apply(image, parameters, alpha),
      }),
    },
  },
};

describe('things of different colours', () => {
  it('are each recoloured', async () => {
    const { image, mask } = scene();
    const things = boxes.map((box) => ({ label: 'ball', phrase: 'all balls', score: 0.9, box }));
    const edit = await adjust(createVisionContext([pixels]), await image, {
      operation: 'recolour',
      parameters: { colour: 'blue' },
      mask,
      things,
    });
    expect(edit.verified).toMatchObject({ ok: true });
    expect(edit.receipt.changedOutsideMask).toBe(0);
    for (const { x } of balls) {
      const [r, , b] = edit.image.data.subarray((30 * size.width + x + 20) * 4);
      expect(b).toBeGreaterThan(r + 60);
    }
  });

  it('have each their own part of what is selected, also where they touch', async () => {
    const alpha = new Uint8Array(40).fill(255);
    alpha[0] = 0;
    const [left, right, ...others] = await thingsApart(alpha, { x: 100, y: 50, width: 20, height: 2 }, [
      { x: 100, y: 50, width: 8, height: 2 },
      { x: 108, y: 50, width: 12, height: 2 },
    ]);
    expect(others).toEqual([]);
    expect([left[0], left[7], left[8], right[7], right[8]]).toEqual([0, 255, 0, 0, 255]);
    expect(left.map((weight, at) => weight + right[at])).toEqual(alpha);
  });

  it('stay one where nobody said which things they are', async () => {
    const alpha = new Uint8Array(4).fill(9);
    expect(await thingsApart(alpha, { x: 0, y: 0, width: 2, height: 2 }, [])).toEqual([alpha]);
  });
});
