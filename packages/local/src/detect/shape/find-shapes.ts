import type { Box } from '@atelier/sdk';
import type { Oklab } from '@atelier/sdk/adjust';
import { iou } from '@atelier/sdk/image';
import type { ColourWish } from '../colour/colour-wish.ts';
import { candidates, patchCandidates } from './candidates.ts';
import type { LabPlanes } from './lab-planes.ts';
import { nameOutline, type OutlineNames, ramp } from './name-outline.ts';
import { rateEdge } from './rate-edge.ts';
import { fillHoles, type Region } from './region.ts';

/** A patch that stands out from its surroundings. */
export interface Shape {
  /** In cells of the picture looked at. */
  readonly box: Box;
  /** How well its outline answers to each name, 0..1, clearness included. */
  readonly names: OutlineNames;
  /** 0..1: how far it stands out as one thing, whatever its shape. */
  readonly solid: number;
  /** Share of its box that it fills. */
  readonly extent: number;
  /** True where it is all that hangs together of one colour, not a part of more. */
  readonly whole: boolean;
  /** A hole through which its surroundings are seen. */
  readonly hole?: Box | undefined;
  /** OKLab of up to 400 of its cells, three numbers each. */
  readonly colours: Float32Array;
}

/** Two outlines whose boxes share more than this (IoU) are one thing. */
const samePlace = 0.7;
/** Sides, in cells, of outlines too coarse to tell shapes by, and of those that show theirs plainly. */
const smallestSide = 6;
const plainSide = 20;
/** A patch that fills a hole this far (IoU of boxes) is what is seen through it. */
const sameHole = 0.75;
/** Difference (OKLab) within which a hole shows what lies around. */
const sameGround = 0.06;
const mostColours = 400;
/** Below this nothing is worth telling. */
const worthTelling = 0.15;

/** All patches with a clear outline; those of one colour are looked for in its likeness, where shading plays no part. */
export function findShapes(planes: LabPlanes, colour?: ColourWish): Shape[] {
  const regions = colour ? colourCandidates(planes, colour) : candidates(planes);
  const rated = regions.flatMap((region) => rate(planes, region, colour !== undefined) ?? []);
  return withoutRepeats(withoutHoles(rated, rated));
}

/** Shapes but those that are only what is seen through a hole of another. */
export function withoutHoles(shapes: readonly Shape[], others: readonly Shape[]): readonly Shape[] {
  const holes = others.flatMap(({ hole }) => hole ?? []);
  return shapes.filter(({ box }) => !holes.some((hole) => iou(hole, box) > sameHole));
}

/** Strong and faint answers to the colour, each connected. */
function colourCandidates(planes: LabPlanes, colour: ColourWish): Region[] {
  const { L, a, b } = planes;
  const likeness = Float32Array.from(L, (lightness, at) =>
    colour.belongs({ L: lightness, a: a[at] ?? 0, b: b[at] ?? 0 }),
  );
  return [0.3, 0.75].flatMap((level) =>
    patchCandidates(
      Uint8Array.from(likeness, (value) => (value >= level ? 1 : 0)),
      planes,
    ),
  );
}

function rate(planes: LabPlanes, region: Region, whole: boolean): Shape | undefined {
  const parts = fillHoles(region);
  const { clear, even } = rateEdge(planes, parts.filled);
  const solid = clear * (0.6 + 0.4 * even);
  if (solid < worthTelling) return undefined;
  const seen = clear * (0.5 + 0.5 * even) * ramp(Math.sqrt(parts.filled.area), smallestSide, plainSide);
  const names = Object.fromEntries(Object.entries(nameOutline(parts)).map(([name, fit]) => [name, fit * seen]));
  const extent = parts.filled.area / (region.box.width * region.box.height);
  const hole = parts.hole && showsGround(planes, parts.hole, region.box) ? parts.hole.box : undefined;
  return { box: region.box, names, solid, extent, whole, hole, colours: coloursIn(planes, region) };
}

/** Whether what is seen through a hole has the colour of what lies around the box. */
function showsGround(planes: LabPlanes, hole: Region, around: Box): boolean {
  const { width, height, L, a, b } = planes;
  const ground: number[] = [];
  for (const [u, v] of corners) {
    const x = Math.min(width - 1, Math.max(0, Math.round(around.x + around.width / 2 + u * (around.width / 2 + 4))));
    const y = Math.min(height - 1, Math.max(0, Math.round(around.y + around.height / 2 + v * (around.height / 2 + 4))));
    ground.push(y * width + x);
  }
  const inside = middleColour(coloursIn(planes, hole));
  return ground.some(
    (at) => Math.hypot((L[at] ?? 0) - inside.L, (a[at] ?? 0) - inside.a, (b[at] ?? 0) - inside.b) < sameGround,
  );
}

const corners = [-1, 0, 1]
  .flatMap((u) => [-1, 0, 1].map((v) => [u, v] as const))
  .filter(([u, v]) => u !== 0 || v !== 0);

function middleColour(colours: Float32Array): Oklab {
  const channel = (offset: number): number => {
    const values = colours.filter((_, index) => index % 3 === offset).sort();
    return values[values.length >> 1] ?? 0;
  };
  return { L: channel(0), a: channel(1), b: channel(2) };
}

const bestOf = ({ names, solid }: Shape): number => Math.max(0.3 * solid, ...Object.values(names));

function withoutRepeats(shapes: readonly Shape[]): Shape[] {
  const kept: Shape[] = [];
  for (const shape of shapes.toSorted((a, b) => bestOf(b) - bestOf(a))) {
    if (!kept.some((better) => iou(better.box, shape.box) > samePlace)) kept.push(shape);
  }
  return kept;
}

function coloursIn({ width, L, a, b }: LabPlanes, { box, mask, area }: Region): Float32Array {
  const step = Math.max(1, Math.ceil(area / mostColours));
  const colours: number[] = [];
  let count = 0;
  for (let at = 0; at < mask.length; at++) {
    if (!mask[at] || count++ % step !== 0) continue;
    const cell = (box.y + Math.floor(at / box.width)) * width + box.x + (at % box.width);
    colours.push(L[cell] ?? 0, a[cell] ?? 0, b[cell] ?? 0);
  }
  return Float32Array.from(colours);
}
