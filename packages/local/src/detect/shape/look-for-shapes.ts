import type { Box, CallContext, Image } from '@atelier/sdk';
import { boxArea } from '@atelier/sdk/image';
import type { RunTask } from '../../worker/pool.ts';
import { colourShare } from '../colour/colour-share.ts';
import type { ColourWish } from '../colour/colour-wish.ts';
import type { ThingSample } from '../colour/foreground.ts';
import { shareInside } from '../merge.ts';
import { reducePicture } from '../reduce-picture.ts';
import { remembering } from '../remembered.ts';
import { type Shape, withoutHoles } from './find-shapes.ts';
import type { ShapeTaskInput } from './shape-task.ts';

/** Longest side, in cells, of the picture that shapes are looked for in. */
const longest = 512;
/** Shares of its colour from which a patch may have it, and from which it plainly has. */
const main = 0.52;
const plainly = 0.75;

/** Finds the patches of a picture, in pixels; with a colour only those that have it. Each picture is looked at once. */
export function lookForShapes(runTask: RunTask) {
  const remember = remembering<readonly Shape[]>();
  return async (image: Image, colour: ColourWish | undefined, { signal, progress }: CallContext) => {
    const find = (said: string | undefined) =>
      remember(`${image.id} ${said ?? ''}`, async () => {
        const input: ShapeTaskInput = { ...(await reducePicture(image, longest)), colour: said };
        const shapes = await runTask<ShapeTaskInput, readonly Shape[]>('shapes', input, {
          ...(signal && { signal }),
          ...(progress && { progress: (share: number) => progress(share) }),
        });
        return shapes.map((shape) => toPicture(shape, image.width / input.width, image.height / input.height));
      });
    const shapes = await find(undefined);
    if (!colour) return shapes;
    return [...withoutHoles(await find(colour.said), shapes), ...shapes].flatMap((shape) => {
      const share = colourShare(samplesOf(shape.colours), colour);
      return share >= main && !isGlint(shape, shapes) ? [weaker(shape, Math.min(1, share / plainly))] : [];
    });
  };
}

function toPicture(shape: Shape, across: number, down: number): Shape {
  const place = ({ x, y, width, height }: Box): Box => ({
    x: x * across,
    y: y * down,
    width: width * across,
    height: height * down,
  });
  return { ...shape, box: place(shape.box), hole: shape.hole && place(shape.hole) };
}

const samplesOf = (colours: Float32Array): readonly ThingSample[] =>
  Array.from({ length: colours.length / 3 }, (_, index) => ({
    colour: { L: colours[3 * index] ?? 0, a: colours[3 * index + 1] ?? 0, b: colours[3 * index + 2] ?? 0 },
    weight: 1,
    height: 0.5,
  }));

/** A highlight has the light's colour and little room: this share of what it lies on. */
const glint = 0.06;

const isGlint = (shape: Shape, shapes: readonly Shape[]): boolean =>
  shapes.some(
    (other) =>
      other.solid >= 0.5 && boxArea(shape.box) < glint * boxArea(other.box) && shareInside(shape.box, other.box) > 0.9,
  );

const weaker = (shape: Shape, by: number): Shape => ({
  ...shape,
  solid: shape.solid * by,
  names: Object.fromEntries(Object.entries(shape.names).map(([name, fit]) => [name, fit * by])),
});

/** What answers to "the blue thing" has no outline to be known by: it must be clear, compact and no speck beside others. */
const clearly = 0.5;
const compact = 0.4;
/** A part of more of its colour is a thing all the same where its outline is plainly a shape: an orange box on orange wood. */
const plainShape = 0.6;
const speck = 0.1;
/** A patch that lies this far inside another is a part of it. */
const partOf = 0.8;

/** Of patches of a colour those that may be a thing, each whole. */
export function wholeThings(shapes: readonly Shape[]): readonly Shape[] {
  const clear = shapes.filter(
    ({ whole, names, solid, extent }) =>
      (whole || Math.max(0, ...Object.values(names)) >= plainShape) && solid >= clearly && extent >= compact,
  );
  const largest = Math.max(0, ...clear.map(({ box }) => boxArea(box)));
  const things: Shape[] = [];
  for (const shape of clear.toSorted((a, b) => boxArea(b.box) - boxArea(a.box))) {
    if (boxArea(shape.box) < speck * largest) break;
    if (!things.some(({ box }) => shareInside(shape.box, box) > partOf)) things.push(shape);
  }
  return things;
}
