import { fileURLToPath } from 'node:url';
import { AtelierError, type Box, Image, type Mask, type PointPrompt } from '@atelier/sdk';
import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { createWorkerPool } from '../worker/pool.ts';
import { cupOutline, fillOutline } from './__fixtures__/outlines.ts';
import { createSegment } from './create-segment.ts';

const pool = createWorkerPool({ size: 1 });
const segment = createSegment(pool.run.bind(pool));
afterAll(() => pool.close());

async function photo(name: string, width?: number): Promise<Image> {
  const file = fileURLToPath(new URL(`../../../../photos/${name}`, import.meta.url));
  const pipeline = width ? sharp(file).resize(width, undefined, { kernel: 'cubic' }) : sharp(file);
  const { data, info } = await pipeline.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return Image.fromPixels({ width: info.width, height: info.height, data: new Uint8Array(data) });
}

const on = (x: number, y: number): PointPrompt => ({ x, y, positive: true });
const beside = (x: number, y: number): PointPrompt => ({ x, y, positive: false });
const covers = (mask: Mask, [x, y]: readonly [number, number]) => mask.data[y * mask.width + x] === 1;

function overlap(mask: Mask, reference: Uint8Array): number {
  let shared = 0;
  let either = 0;
  for (let pixel = 0; pixel < reference.length; pixel++) {
    const [a, b] = [mask.data[pixel] ?? 0, reference[pixel] ?? 0];
    shared += a & b;
    either += a | b;
  }
  return shared / either;
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('the call should have failed'),
    (error: unknown) => error,
  );

const cupBox: Box = { x: 165, y: 21, width: 245, height: 238 };

interface Case {
  readonly name: string;
  readonly file: string;
  readonly box: Box;
  readonly inside: readonly (readonly [number, number])[];
  readonly outside: readonly (readonly [number, number])[];
  /** Least and most pixels. */
  readonly area: readonly [number, number];
}

const cases: readonly Case[] = [
  {
    name: 'a cup on a saucer of its own colour',
    file: 'coffee.png',
    box: cupBox,
    inside: [
      [180, 100],
      [290, 40],
      [290, 150],
      [400, 130],
      [200, 190],
      [300, 225],
      [370, 205],
    ],
    outside: [
      [140, 150],
      [440, 200],
      [410, 75],
      [300, 330],
      [120, 60],
      [360, 300],
    ],
    area: [42_000, 56_000],
  },
  {
    name: 'a person cut off by the picture',
    file: 'astronaut.png',
    box: { x: 20, y: 12, width: 345, height: 500 },
    inside: [
      [225, 40],
      [230, 120],
      [210, 190],
      [80, 300],
      [170, 380],
      [300, 300],
      [60, 480],
      [230, 500],
    ],
    outside: [
      [110, 100],
      [60, 120],
      [20, 250],
      [330, 150],
      [400, 200],
      [480, 400],
      [10, 480],
    ],
    area: [100_000, 130_000],
  },
  {
    name: 'a head with hair against a soft background',
    file: 'astronaut.png',
    box: { x: 152, y: 15, width: 150, height: 175 },
    inside: [
      [165, 80],
      [230, 30],
      [290, 90],
      [230, 150],
      [225, 175],
    ],
    outside: [
      [140, 60],
      [310, 60],
      [160, 150],
      [300, 150],
      [230, 8],
    ],
    area: [16_500, 20_000],
  },
  {
    name: 'a cat that fills the picture',
    file: 'chelsea.png',
    box: { x: 0, y: 0, width: 405, height: 300 },
    inside: [
      [60, 80],
      [170, 110],
      [320, 130],
      [265, 240],
      [200, 40],
      [60, 200],
    ],
    outside: [
      [430, 60],
      [440, 200],
      [420, 280],
      [400, 160],
    ],
    area: [95_000, 118_000],
  },
  {
    name: 'a thin rocket at dusk',
    file: 'rocket.jpg',
    box: { x: 308, y: 125, width: 30, height: 282 },
    inside: [
      [321, 200],
      [321, 300],
      [321, 390],
    ],
    outside: [
      [300, 200],
      [345, 200],
      [360, 300],
      [280, 100],
      [321, 110],
    ],
    area: [5_000, 7_500],
  },
];

describe('segment by a box', () => {
  it.each(cases)('cuts out $name', async ({ file, box, inside, outside, area }) => {
    const image = await photo(file);
    const { mask, score } = await segment.run({ image, box }, {});
    expect([mask.width, mask.height]).toEqual([image.width, image.height]);
    expect(inside.filter((place) => !covers(mask, place))).toEqual([]);
    expect(outside.filter((place) => covers(mask, place))).toEqual([]);
    expect(mask.area).toBeGreaterThan(area[0]);
    expect(mask.area).toBeLessThan(area[1]);
    expect(score).toBeGreaterThan(0.5);
    expect(score).toBeLessThanOrEqual(1);
  });

  it('agrees with an outline of the cup drawn by eye, whatever the box exactly is', async () => {
    const image = await photo('coffee.png');
    const reference = fillOutline(cupOutline, image.width, image.height);
    for (const box of [cupBox, { x: 170, y: 17, width: 240, height: 292 }]) {
      const { mask } = await segment.run({ image, box }, {});
      expect(overlap(mask, reference), JSON.stringify(box)).toBeGreaterThan(0.85);
    }
  });

  it('keeps most of a cup in a wide box, though the spoon beside it comes along', async () => {
    const image = await photo('coffee.png');
    const { mask } = await segment.run({ image, box: { x: 155, y: 10, width: 265, height: 270 } }, {});
    expect(overlap(mask, fillOutline(cupOutline, image.width, image.height))).toBeGreaterThan(0.8);
  });

  it('tells two equal cups apart by their boxes', async () => {
    const image = await photo('two-cups.png');
    const left = await segment.run({ image, box: { x: 165, y: 17, width: 250, height: 290 } }, {});
    const right = await segment.run({ image, box: { x: 785, y: 17, width: 250, height: 290 } }, {});
    expect(covers(left.mask, [290, 60])).toBe(true);
    expect(covers(right.mask, [910, 60])).toBe(true);
    expect(left.mask.data.some((bit, pixel) => bit === 1 && right.mask.data[pixel] === 1)).toBe(false);
  });

  it('gives equal masks for equal requests, whatever ran in between', async () => {
    const [coffee, cat] = [await photo('coffee.png'), await photo('chelsea.png')];
    const first = await segment.run({ image: coffee, box: cupBox }, {});
    await segment.run({ image: cat, box: { x: 100, y: 50, width: 200, height: 200 } }, {});
    const again = await segment.run({ image: coffee, box: cupBox }, {});
    expect(Buffer.compare(again.mask.data, first.mask.data)).toBe(0);
    expect(again.score).toBe(first.score);
  });

  it('follows the edge of a large photograph pixel by pixel', async () => {
    const scale = 5;
    const image = await photo('astronaut.png', 512 * scale);
    const box = { x: 20 * scale, y: 12 * scale, width: 345 * scale, height: 500 * scale };
    const { mask } = await segment.run({ image, box }, {});
    // The outline of the hair has no steps of a whole cell (9 pixels here) along its top.
    const top = (x: number) => mask.data.findIndex((bit, pixel) => bit === 1 && pixel % mask.width === x);
    const rows = Array.from({ length: 200 }, (_, index) => Math.floor(top(1050 + index) / mask.width));
    const steps = rows.slice(1).map((row, index) => Math.abs(row - (rows[index] ?? row)));
    expect(Math.max(...steps)).toBeLessThan(9);
    expect(new Set(rows).size).toBeGreaterThan(10);
  });
});

describe('segment by points', () => {
  it('takes the surface that one point is on', async () => {
    const image = await photo('astronaut.png');
    const { mask } = await segment.run({ image, points: [on(90, 300)] }, {});
    expect(covers(mask, [90, 300])).toBe(true);
    expect(covers(mask, [70, 420])).toBe(true);
    expect(
      [
        [230, 120],
        [110, 100],
        [400, 100],
        [400, 450],
      ].filter(([x = 0, y = 0]) => covers(mask, [x, y])),
    ).toEqual([]);
  });

  it('keeps points on the thing inside and points beside it outside', async () => {
    const image = await photo('coffee.png');
    const points = [on(290, 150), on(290, 40), on(230, 265), beside(360, 300), beside(140, 240)];
    const { mask } = await segment.run({ image, box: cupBox, points }, {});
    expect(points.map(({ x, y }) => covers(mask, [x, y]))).toEqual([true, true, true, false, false]);
  });

  it('reaches a point on the thing that lies outside its box', async () => {
    const image = await photo('coffee.png');
    const { mask } = await segment.run(
      { image, box: { x: 165, y: 21, width: 245, height: 190 }, points: [on(215, 285)] },
      {},
    );
    expect(covers(mask, [215, 285])).toBe(true);
    expect(covers(mask, [290, 60])).toBe(true);
  });
});

describe('segment and its inputs', () => {
  it('is able with a box or points, and says what is missing otherwise', async () => {
    const image = await photo('coffee.png');
    expect(segment.able({ image, box: cupBox })).toBe(true);
    expect(segment.able({ image, points: [on(1, 1)] })).toBe(true);
    expect(segment.able({ image })).toMatchObject({ code: 'capability-unavailable' });
  });

  it.each([
    ['a box outside the picture', { box: { x: 700, y: 0, width: 10, height: 10 } }],
    ['an empty box', { box: { x: 10, y: 10, width: 0, height: 10 } }],
    ['a negative box', { box: { x: 10, y: 10, width: 20, height: -5 } }],
    ['a box that is not a number', { box: { x: Number.NaN, y: 10, width: 20, height: 5 } }],
    ['a point outside the picture', { points: [on(601, 5)] }],
    ['points beside the thing only', { points: [beside(5, 5)] }],
    ['nothing', {}],
  ])('rejects %s', async (_, request) => {
    const error = await failure(segment.run({ image: await photo('coffee.png'), ...request }, {}));
    expect(AtelierError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ code: 'invalid-input' });
  });

  it('says so where nothing stands out', async () => {
    const flat = await Image.fromPixels({ width: 200, height: 100, data: new Uint8Array(80_000).fill(128) });
    const error = await failure(segment.run({ image: flat, box: { x: 50, y: 20, width: 60, height: 60 } }, {}));
    expect(error).toMatchObject({ code: 'no-match' });
  });

  it.each([1, 2, 3, 5, 9])('copes with a box of %i pixels', async (side) => {
    const image = await photo('coffee.png');
    const result = await segment
      .run({ image, box: { x: 300, y: 150, width: side, height: side } }, {})
      .catch((error) => error);
    if (AtelierError.isInstance(result)) expect(result.code).toBe('no-match');
    else expect(result.mask.area).toBeGreaterThan(0);
  });

  it('copes with pictures of a few pixels', async () => {
    const image = await Image.fromPixels({
      width: 2,
      height: 1,
      data: new Uint8Array([255, 0, 0, 255, 0, 0, 255, 255]),
    });
    const result = await segment.run({ image, box: { x: 0, y: 0, width: 1, height: 1 } }, {}).catch((error) => error);
    if (AtelierError.isInstance(result)) expect(result.code).toBe('no-match');
    else expect(result.mask.area).toBeGreaterThan(0);
  });

  it('stops when aborted and works again after that', async () => {
    const image = await photo('coffee.png');
    const controller = new AbortController();
    const reason = new Error('never mind');
    const seen: number[] = [];
    const run = segment.run(
      { image, box: cupBox },
      {
        signal: controller.signal,
        progress: (fraction) => {
          seen.push(fraction);
          controller.abort(reason);
        },
      },
    );
    expect(await failure(run)).toBe(reason);
    expect(seen.length).toBe(1);
    const { mask } = await segment.run({ image, box: cupBox }, {});
    expect(covers(mask, [290, 150])).toBe(true);
  });
});
