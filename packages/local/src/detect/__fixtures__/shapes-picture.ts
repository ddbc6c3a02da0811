import type { Box, Image } from '@atelier/sdk';
import sharp from 'sharp';
import { decode } from './photo.ts';

type Corner = readonly [x: number, y: number];

const around = (count: number, radius: (index: number) => number): readonly Corner[] =>
  Array.from({ length: count }, (_, index): Corner => {
    const angle = (index / count) * 2 * Math.PI - Math.PI / 2;
    return [radius(index) * Math.cos(angle), radius(index) * Math.sin(angle)];
  });

/** Outlines of radius 1. */
const outlines = {
  circle: around(72, () => 1),
  square: [
    [-0.8, -0.8],
    [0.8, -0.8],
    [0.8, 0.8],
    [-0.8, 0.8],
  ],
  rectangle: [
    [-1, -0.5],
    [1, -0.5],
    [1, 0.5],
    [-1, 0.5],
  ],
  triangle: around(3, () => 1),
  star: around(10, (index) => (index % 2 === 0 ? 1 : 0.42)),
  hexagon: around(6, () => 1),
  cross: [
    [0.3, 1],
    [-0.3, 1],
    [-0.3, 0.3],
    [-1, 0.3],
    [-1, -0.3],
    [-0.3, -0.3],
    [-0.3, -1],
    [0.3, -1],
    [0.3, -0.3],
    [1, -0.3],
    [1, 0.3],
    [0.3, 0.3],
  ],
} as const satisfies Readonly<Record<string, readonly Corner[]>>;

export type DrawnName = keyof typeof outlines;
export const drawnNames = Object.keys(outlines) as readonly DrawnName[]; // Its own keys.

export interface DrawnShape {
  readonly name: DrawnName;
  readonly colour: `#${string}`;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  /** Degrees. */
  readonly turn?: number;
}

export interface PictureOptions {
  readonly width?: number;
  readonly height?: number;
  readonly ground?: string;
  /** Standard deviation of the noise, grey levels. */
  readonly noise?: number;
  readonly random: () => number;
}

/** Shaded shapes with soft shadows on a ground that is lit from one side, with noise, through JPEG; for tests. */
export async function drawShapes(shapes: readonly DrawnShape[], options: PictureOptions): Promise<Image> {
  const { width = 480, height = 360, ground = '#e8e2d6', noise = 6, random } = options;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>
    <linearGradient id="ground" x2="1" y2="1"><stop stop-color="${ground}"/><stop offset="1" stop-color="${shaded(ground, 0.85)}"/></linearGradient>
    <filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="5"/></filter>
    ${shapes.map(({ colour }, index) => `<linearGradient id="paint${index}" x2="1" y2="1"><stop stop-color="${colour}"/><stop offset="1" stop-color="${shaded(colour, 0.7)}"/></linearGradient>`).join('')}
    </defs><rect width="100%" height="100%" fill="url(#ground)"/>
    ${shapes.map(({ x, y, radius }) => `<ellipse cx="${x}" cy="${y + radius * 0.8}" rx="${radius}" ry="${radius * 0.4}" opacity="0.3" filter="url(#soft)"/>`).join('')}
    ${shapes.map((shape, index) => `<polygon points="${cornersOf(shape).join(' ')}" fill="url(#paint${index})"/>`).join('')}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  for (let at = 0; at < data.length; at++) {
    const gauss = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    data[at] = Math.min(255, Math.max(0, (data[at] ?? 0) + noise * gauss));
  }
  const raw = { width: info.width, height: info.height, channels: 3 } as const;
  return await decode(await sharp(data, { raw }).jpeg({ quality: 75 }).toBuffer());
}

function cornersOf({ name, x, y, radius, turn = 0 }: DrawnShape): readonly Corner[] {
  const [cosine, sine] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
  return outlines[name].map(
    ([u, v]): Corner => [x + radius * (u * cosine - v * sine), y + radius * (u * sine + v * cosine)],
  );
}

/** Where a shape was drawn. */
export function boxOfDrawn(shape: DrawnShape): Box {
  const corners = cornersOf(shape);
  const [left, top] = [0, 1].map((axis) => Math.min(...corners.map((corner) => corner[axis] ?? 0)));
  const [right, bottom] = [0, 1].map((axis) => Math.max(...corners.map((corner) => corner[axis] ?? 0)));
  return { x: left ?? 0, y: top ?? 0, width: (right ?? 0) - (left ?? 0), height: (bottom ?? 0) - (top ?? 0) };
}

function shaded(hex: string, by: number): string {
  const value = Number.parseInt(hex.slice(1), 16);
  const channels = [value >> 16, (value >> 8) & 255, value & 255].map((channel) => Math.round(channel * by));
  return `rgb(${channels.join(',')})`;
}
