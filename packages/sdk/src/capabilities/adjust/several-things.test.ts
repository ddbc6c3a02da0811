import { describe, expect, it } from 'vitest';
import type { Box } from '../../image/geometry.ts';
import { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import type { Backend } from '../capability.ts';
import type { AlphaRegion } from '../shared/alpha.ts';
import { createVisionContext } from '../vision.ts';
import { adjust } from './adjust.ts';
import { changeEach } from './change-each.ts';
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

/** Does the operation, and notes how many pixels it was sent. */
const pixels = (sent: number[] = []): Backend => ({
  name: 'pixels',
  capabilities: {
    adjust: {
      model: 'operations',
      able: () => true,
      run: async ({ image, operation, parameters, alpha }) => {
        sent.push(image.width * image.height);
        const data = findPixelOperation(operation).apply(image, parameters, alpha);
        return { width: image.width, height: image.height, data };
      },
    },
  },
});

const thing = (box: Box) => ({ label: 'ball', phrase: 'all balls', score: 0.9, box });

const recoloured = async (found: readonly Box[], sent?: number[]) => {
  const { image, mask } = scene();
  return adjust(createVisionContext([pixels(sent)]), await image, {
    operation: 'recolour',
    parameters: { colour: 'blue' },
    mask,
    things: found.map(thing),
  });
};

describe('things of different colours', () => {
  it('are each recoloured', async () => {
    const edit = await recoloured(boxes);
    expect(edit.verified).toMatchObject({ ok: true });
    expect(edit.receipt.changedOutsideMask).toBe(0);
    for (const { x } of balls) {
      const [r, , b] = edit.image.data.subarray((30 * size.width + x + 20) * 4);
      expect(b).toBeGreaterThan(r + 60);
    }
  });

  it('are sent as what they cover, not once each as the whole', async () => {
    const sent: number[] = [];
    await recoloured(boxes, sent);
    expect(sent).toHaveLength(balls.length);
    for (const count of sent) expect(count).toBeLessThan(55 * 55);
  });

  it('are recoloured once where one was detected twice', async () => {
    const sent: number[] = [];
    const twice = await recoloured([boxes[0], ...boxes], sent);
    expect(sent).toHaveLength(balls.length);
    expect(twice.verified).toMatchObject({ ok: true });
    expect(twice.image.id).toBe((await recoloured(boxes)).image.id);
  });

  it('have each their own part of what is selected, also where they touch', async () => {
    const alpha = new Uint8Array(40).fill(255);
    alpha[0] = 0;
    const parts = await thingsApart({ box: { x: 100, y: 50, width: 20, height: 2 }, alpha }, [
      { x: 100, y: 50, width: 8, height: 2 },
      { x: 108, y: 50, width: 12, height: 2 },
    ]);
    expect(parts.map(({ box }) => box)).toEqual([
      { x: 100, y: 50, width: 8, height: 2 },
      { x: 108, y: 50, width: 12, height: 2 },
    ]);
    expect(parts[0].alpha).toEqual(new Uint8Array(16).fill(255).fill(0, 0, 1));
    expect(parts[1].alpha).toEqual(new Uint8Array(24).fill(255));
  });

  it('stay one where nobody said which things they are', async () => {
    const region = { box: { x: 0, y: 0, width: 2, height: 2 }, alpha: new Uint8Array(4).fill(9) };
    expect(await thingsApart(region, [])).toEqual([region]);
  });
});

/** Two discs of noisy colour, larger than what recolouring looks at pixel by pixel. */
const discs = () => {
  const crop = { width: 890, height: 431, data: new Uint8Array(890 * 431 * 4) };
  const alpha = new Uint8Array(890 * 431);
  for (let at = 0; at < alpha.length; at++) {
    const [x, y] = [at % 890, Math.floor(at / 890)];
    const noise = (at * 2654435761) % 37;
    crop.data.set(x < 445 ? [170 + noise, 40, 30 + noise, 255] : [20, 120 + noise, 60, 255], at * 4);
    alpha[at] = Math.min(255, Math.max(0, (213 - Math.hypot((x % 445) - 222, y - 215)) * 60));
  }
  return { crop, alpha };
};

it('a part by itself is changed as in its crop, to the pixel', async () => {
  const { crop, alpha } = discs();
  const box = { x: 31, y: 17, width: crop.width, height: crop.height };
  const parts = await thingsApart({ box, alpha }, [
    { x: 31, y: 17, width: 445, height: 431 },
    { x: 476, y: 17, width: 445, height: 431 },
  ]);
  const uncut = parts.map((part) => ({ box, alpha: placed(part, box) }));
  const change = async (image: Image, weights: Uint8Array) => ({
    width: image.width,
    height: image.height,
    data: findPixelOperation('recolour').apply(image, { colour: 'yellow' }, weights),
  });
  const [cut, whole] = [await changeEach(crop, box, parts, change), await changeEach(crop, box, uncut, change)];
  expect(Buffer.compare(cut.data, whole.data)).toBe(0);
  expect(Buffer.compare(cut.data, crop.data)).not.toBe(0);
  expect(parts.map((part) => part.box.width)).toEqual([425, 425]);
});

function placed(part: AlphaRegion, box: Box): Uint8Array {
  const alpha = new Uint8Array(box.width * box.height);
  for (let y = 0; y < part.box.height; y++) {
    const row = part.alpha.subarray(y * part.box.width, (y + 1) * part.box.width);
    alpha.set(row, (part.box.y - box.y + y) * box.width + part.box.x - box.x);
  }
  return alpha;
}
