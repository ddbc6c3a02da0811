import { type Box, Image } from '@atelier/sdk';
import { grain, paintBackdrop } from './backdrop.ts';
import type { PlanCase, SceneThing } from './case.ts';
import { isPart, isPerson, shapeOf } from './nouns.ts';
import { rgbOf } from './palette.ts';

/** Size of the pictures that scenes are painted as, in pixels. */
export const sceneSize = { width: 400, height: 300 } as const;

/** One thing as it was painted. Everything about place is in pixels of the painted picture. */
export interface PaintedThing {
  readonly label: string;
  readonly colour: string;
  /** Its number among the things of the same label, in the scene's order, from 0. */
  readonly index: number;
  readonly box: Box;
  /** Its pixels, without those that something else was painted over: one byte a pixel, 0 or 1. */
  readonly visible: Uint8Array;
  /** What is cut out with it: visible pixels, and those of its parts (the face of a person). */
  readonly body: Uint8Array;
  /** A part of another thing that the scene does not list by itself: a person's face. */
  readonly partOf?: string | undefined;
}

export interface PaintedScene {
  readonly image: Image;
  /** In the scene's order; faces that the scene does not list come last. */
  readonly things: readonly PaintedThing[];
}

interface Shape {
  readonly label: string;
  readonly colour: string;
  readonly box: Box;
  readonly partOf?: string | undefined;
}

/** The same for all scenes. */
const backdrop = paintBackdrop(sceneSize);

/** Paints the scene of a case: every thing in its colour, shaded and grained, so that it can be told by its looks. */
export async function paintScene({ scene }: Pick<PlanCase, 'scene'>): Promise<PaintedScene> {
  const shapes = [...scene.map(toShape), ...facesOf(scene)];
  const { width, height } = sceneSize;
  const data = Uint8Array.from(backdrop.data);
  const outlines = shapes.map(outlineOf);
  const order = paintingOrder(shapes);
  /** Which thing is seen at a pixel, from 1; 0 is the backdrop. */
  const owner = new Uint8Array(width * height);
  for (const at of order) {
    paintThing(data, outlines[at], shapes[at], at);
    for (let i = 0; i < owner.length; i++) if (outlines[at][i]) owner[i] = at + 1;
  }
  const visible = shapes.map((_, at) => pixelsOf(owner, at + 1));
  const things = shapes.map(
    (shape, at): PaintedThing => ({
      ...shape,
      index: shapes.slice(0, at).filter(({ label }) => label === shape.label).length,
      visible: visible[at],
      body: bodyOf(at, shapes, visible),
    }),
  );
  return { image: await Image.fromPixels({ width, height, data }), things };
}

function toShape({ label, colour, box: [x, y, width, height] }: SceneThing): Shape {
  const size = { width: Math.max(8, width * sceneSize.width), height: Math.max(8, height * sceneSize.height) };
  return {
    label,
    colour,
    box: {
      x: Math.min(x * sceneSize.width, sceneSize.width - size.width),
      y: Math.min(y * sceneSize.height, sceneSize.height - size.height),
      ...size,
    },
  };
}

/** People have faces, also where the scene does not say so. */
function facesOf(scene: readonly SceneThing[]): Shape[] {
  if (scene.some(({ label }) => label === 'face')) return [];
  return scene
    .filter(({ label }) => isPerson(label))
    .map((person) => {
      const { x, y, width, height } = toShape(person).box;
      const side = Math.min(width * 0.5, height * 0.3);
      return {
        label: 'face',
        colour: 'beige',
        partOf: person.label,
        box: { x: x + (width - side) / 2, y: y + height * 0.04, width: side, height: side },
      };
    });
}

function pixelsOf(owner: Uint8Array, number: number): Uint8Array {
  const pixels = new Uint8Array(owner.length);
  for (let i = 0; i < owner.length; i++) if (owner[i] === number) pixels[i] = 1;
  return pixels;
}

/** Large things lie behind small ones; among equals the scene's order counts. */
const paintingOrder = (shapes: readonly Shape[]): readonly number[] =>
  [...shapes.keys()].sort((a, b) => areaOf(shapes[b].box) - areaOf(shapes[a].box));

const areaOf = ({ width, height }: Box): number => width * height;

function liesWithin(inner: Box, outer: Box): boolean {
  const width = Math.min(inner.x + inner.width, outer.x + outer.width) - Math.max(inner.x, outer.x);
  const height = Math.min(inner.y + inner.height, outer.y + outer.height) - Math.max(inner.y, outer.y);
  const area = inner.width * inner.height;
  return width > 0 && height > 0 && width * height >= 0.7 * area && area < outer.width * outer.height;
}

function bodyOf(at: number, shapes: readonly Shape[], visible: readonly Uint8Array[]): Uint8Array {
  const own = visible.filter(
    (_, other) => other !== at && isPart(shapes[other].label) && liesWithin(shapes[other].box, shapes[at].box),
  );
  if (own.length === 0) return visible[at];
  const body = Uint8Array.from(visible[at]);
  for (const part of own) for (let i = 0; i < body.length; i++) if (part[i]) body[i] = 1;
  return body;
}

/** Visits the pixels of a box; `u` and `v` run from -1 to 1 across it. */
function eachPixel(box: Box, visit: (at: number, u: number, v: number) => void): void {
  const { width, height } = sceneSize;
  const right = Math.min(width, box.x + box.width);
  const bottom = Math.min(height, box.y + box.height);
  for (let y = Math.max(0, Math.floor(box.y)); y < bottom; y++)
    for (let x = Math.max(0, Math.floor(box.x)); x < right; x++)
      visit(y * width + x, (2 * (x + 0.5 - box.x)) / box.width - 1, (2 * (y + 0.5 - box.y)) / box.height - 1);
}

/** Round things are ellipses, square ones rectangles, the others something between. */
function outlineOf({ label, box }: Shape): Uint8Array {
  const outline = new Uint8Array(sceneSize.width * sceneSize.height);
  const shape = shapeOf(label);
  const power = shape === 'round' ? 2 : 3;
  eachPixel(box, (at, u, v) => {
    const [across, down] = [Math.abs(u), Math.abs(v)];
    const inside = shape === 'square' ? across <= 1 && down <= 1 : across ** power + down ** power <= 1;
    if (inside) outline[at] = 1;
  });
  return outline;
}

/** How strongly a thing is lit from one side: enough to be told by it after a change of colour or brightness. */
const relief = 0.22;

function paintThing(data: Uint8Array, outline: Uint8Array, { box, colour }: Shape, seed: number): void {
  const base = rgbOf(colour);
  const angle = 0.9 + seed * 2.4;
  const [lightX, lightY] = [Math.cos(angle), Math.sin(angle)];
  eachPixel(box, (at, u, v) => {
    if (!outline[at]) return;
    const light = relief * (lightX * u + lightY * v) + 0.03 * grain(at, 0, seed);
    for (let channel = 0; channel < 3; channel++)
      data[at * 4 + channel] = Math.min(255, Math.round(base[channel] * (1 + light) + 6 * light));
  });
}
