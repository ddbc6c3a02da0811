import type { Box, Image, Point } from '@atelier/sdk';
import { iou } from '@atelier/sdk/image';
import { type Frame, fromPainted, identity, toPainted } from './frame.ts';
import { sceneSize } from './paint-scene.ts';
import { nearestColour, rgbOf } from './palette.ts';

/** What a thing looked like when it was painted: pixels of the painted picture. */
export interface Looks {
  readonly label: string;
  readonly colour: string;
  /** Numbers among the same label. */
  readonly index: number;
  readonly box: Box;
  readonly visible: Uint8Array;
  readonly body: Uint8Array;
  /** Brightness when it was painted, whole picture, and the same blurred more and more. */
  readonly brightness: readonly (() => Float32Array)[];
  /** What was painted in place of something else answers to the words it was painted from. */
  readonly prompt?: string | undefined;
  readonly partOf?: string | undefined;
}

/** A thing as it is seen in a picture now. */
export interface Sighting {
  readonly thing: Looks;
  /** In the picture's own pixels. */
  readonly box: Box;
  /** A colour of the palette. */
  readonly colour: string;
  /** How much it looks as it was painted, up to 1. */
  readonly likeness: number;
}

const { width, height } = sceneSize;

/** Brightness of the pixels of a painted picture, RGBA. */
export const brightnessOf = (data: Uint8Array): Float32Array =>
  new Float32Array(data.length / 4).map((_, index) => luminance(data, index * 4));

/** The same, and blurred ever more, each made when it is first looked at: blurred things are still told by their shading. */
export function blurredMore(plain: Float32Array): readonly (() => Float32Array)[] {
  return [0, 3, 9].map((radius) => {
    let made: Float32Array | undefined;
    return () => {
      made ??= radius === 0 ? plain : boxBlur(plain, radius);
      return made;
    };
  });
}

/** Of the pixel whose first byte is at `at`, 0..255. */
export const luminance = (data: Uint8Array, at: number): number =>
  0.3 * data[at] + 0.59 * data[at + 1] + 0.11 * data[at + 2];

function boxBlur(source: Float32Array, radius: number): Float32Array {
  const across = new Float32Array(source.length);
  const both = new Float32Array(source.length);
  for (let y = 0; y < height; y++) slide(source, across, y * width, 1, width, radius);
  for (let x = 0; x < width; x++) slide(across, both, x, width, height, radius);
  return both;
}

function slide(from: Float32Array, to: Float32Array, start: number, step: number, count: number, radius: number): void {
  const at = (index: number): number => from[start + Math.min(count - 1, Math.max(0, index)) * step];
  let sum = 0;
  for (let index = -radius; index <= radius; index++) sum += at(index);
  for (let index = 0; index < count; index++) {
    to[start + index * step] = sum / (2 * radius + 1);
    sum += at(index + radius + 1) - at(index - radius);
  }
}

/** Below this likeness of shading a thing is not there any more. */
const alike = 0.45;
/** Above this nobody looks a second time. */
const sure = 0.9;
/** Fewer pixels than this say nothing. */
const fewest = 12;

/** The things that still look as painted, where they are in this picture. */
export function lookAt(image: Image, frame: Frame, things: readonly Looks[]): readonly Sighting[] {
  const seen = things.flatMap((thing): Sighting[] => {
    const box = boxIn(image, frame, thing.box);
    const samples = box ? sample(image, frame, thing) : [];
    if (!box || samples.length < fewest) return [];
    const likeness = likenessOf(image, frame, thing, samples);
    return likeness === undefined ? [] : [{ thing, box, colour: colourOf(image, thing, samples), likeness }];
  });
  return seen.filter((one) => !seen.some((other) => other !== one && takesThePlace(other, one)));
}

/** Of what was there and what was painted in its place only one can be seen: the one that it looks more like. */
const takesThePlace = (one: Sighting, other: Sighting): boolean =>
  one.likeness > other.likeness && one.thing.prompt !== other.thing.prompt && iou(one.thing.box, other.thing.box) > 0.6;

interface Sample {
  /** Index of the pixel in the picture that is looked at, and in the painted one. */
  readonly here: number;
  readonly painted: number;
}

/** Pixels of the picture that should show the thing. */
function sample(image: Image, frame: Frame, { box, visible }: Looks): Sample[] {
  const samples: Sample[] = [];
  // A few hundred pixels tell a thing well enough.
  const step = Math.max(1, Math.floor(Math.sqrt((box.width * box.height) / 600)));
  for (let y = Math.floor(box.y); y < box.y + box.height; y += step)
    for (let x = Math.floor(box.x); x < box.x + box.width; x += step) {
      const painted = y * width + x;
      if (x < 0 || y < 0 || x >= width || y >= height || !visible[painted]) continue;
      const here = pixelOf(image, fromPainted(frame, { x: x + 0.5, y: y + 0.5 }));
      if (here !== undefined) samples.push({ here, painted });
    }
  return samples;
}

function pixelOf(image: Image, { x, y }: Point): number | undefined {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const inside = column >= 0 && row >= 0 && column < image.width && row < image.height;
  return inside ? row * image.width + column : undefined;
}

/** Undefined where the thing is not there any more. */
function likenessOf(image: Image, frame: Frame, thing: Looks, samples: readonly Sample[]): number | undefined {
  const opaque = samples.filter(({ here }) => image.data[here * 4 + 3] >= 128);
  if (opaque.length < samples.length / 2) return undefined;
  const now = opaque.map(({ here }) => luminance(image.data, here * 4));
  // In few pixels grain alone may look like anything.
  const enough = opaque.length < 60 ? 0.6 : alike;
  if (deviation(now) < 0.8) return standsOut(image, frame, thing, opaque) ? alike : undefined;
  let likeness = 0;
  for (const brightness of thing.brightness) {
    const then = brightness();
    likeness = Math.max(
      likeness,
      correlation(
        now,
        opaque.map(({ painted }) => then[painted]),
      ),
    );
    if (likeness > sure) break;
  }
  return likeness >= enough ? likeness : undefined;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

function correlation(one: readonly number[], other: readonly number[]): number {
  const [oneMean, otherMean] = [mean(one), mean(other)];
  let [both, first, second] = [0, 0, 0];
  for (const [index, value] of one.entries()) {
    both += (value - oneMean) * (other[index] - otherMean);
    first += (value - oneMean) ** 2;
    second += (other[index] - otherMean) ** 2;
  }
  return first === 0 || second === 0 ? 0 : both / Math.sqrt(first * second);
}

/** A thing covered with one flat colour is seen by its outline, where what is around it has another colour. */
function standsOut(image: Image, frame: Frame, { box }: Looks, samples: readonly Sample[]): boolean {
  const flat = rgbAt(image, samples[Math.floor(samples.length / 2)].here);
  const rim = Array.from({ length: 48 }, (_, index) => {
    const angle = (index / 48) * 2 * Math.PI;
    return fromPainted(frame, {
      x: box.x + box.width / 2 + (box.width / 2 + 5) * 1.1 * Math.cos(angle),
      y: box.y + box.height / 2 + (box.height / 2 + 5) * 1.1 * Math.sin(angle),
    });
  }).flatMap((point) => pixelOf(image, point) ?? []);
  const other = rim.filter((at) => rgbAt(image, at).some((value, channel) => Math.abs(value - flat[channel]) > 12));
  return other.length > 0.6 * rim.length;
}

const rgbAt = ({ data }: Image, at: number): readonly [number, number, number] => [
  data[at * 4],
  data[at * 4 + 1],
  data[at * 4 + 2],
];

/** What people would call its colour now: the scene's word as long as it has not changed. */
function colourOf(image: Image, thing: Looks, samples: readonly Sample[]): string {
  const middle = (channel: 0 | 1 | 2): number => {
    const counts = new Uint32Array(256);
    for (const { here } of samples) counts[image.data[here * 4 + channel]]++;
    let value = 0;
    for (let below = counts[0]; below * 2 < samples.length; below += counts[value]) value++;
    return value;
  };
  const now = [middle(0), middle(1), middle(2)] as const;
  const then = rgbOf(thing.colour);
  const apart = Math.max(...now.map((value, channel) => Math.abs(value - then[channel])));
  return apart < 24 ? thing.colour : nearestColour(now);
}

/** A box of the painted picture as it lies in this one; undefined where less than a fifth of it is to be seen. */
function boxIn(image: Image, frame: Frame, { x, y, width: w, height: h }: Box): Box | undefined {
  const corners = [
    [x, y],
    [x + w, y],
    [x, y + h],
    [x + w, y + h],
  ].map(([cornerX, cornerY]) => fromPainted(frame, { x: cornerX, y: cornerY }));
  const [left, right] = [Math.min(...corners.map((p) => p.x)), Math.max(...corners.map((p) => p.x))];
  const [top, bottom] = [Math.min(...corners.map((p) => p.y)), Math.max(...corners.map((p) => p.y))];
  const box = {
    x: Math.max(0, left),
    y: Math.max(0, top),
    width: Math.min(image.width, right) - Math.max(0, left),
    height: Math.min(image.height, bottom) - Math.max(0, top),
  };
  const seen = box.width > 2 && box.height > 2 && box.width * box.height >= 0.2 * (right - left) * (bottom - top);
  return seen ? box : undefined;
}

/** The pixels of a picture in which a region of the painted one lies, 0 or 1 each. */
export function regionIn(image: Image, frame: Frame, region: Uint8Array): Uint8Array {
  if (frame === identity) return region;
  const data = new Uint8Array(image.width * image.height);
  for (let y = 0; y < image.height; y++)
    for (let x = 0; x < image.width; x++) {
      const { x: column, y: row } = toPainted(frame, { x: x + 0.5, y: y + 0.5 });
      const [u, v] = [Math.floor(column), Math.floor(row)];
      if (u >= 0 && v >= 0 && u < width && v < height && region[v * width + u]) data[y * image.width + x] = 1;
    }
  return data;
}
