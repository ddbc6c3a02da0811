import { type Backend, type Box, type CapabilityMap, type Detection, Image, Mask, type Pixels } from '@atelier/sdk';
import { adjustOperations, findPixelOperation } from '@atelier/sdk/adjust';
import { answerQuestion } from './answer.ts';
import { grain, paintBackdrop } from './backdrop.ts';
import { type Frame, findFrame, identity, type KnownPicture, toPainted } from './frame.ts';
import { blurredMore, brightnessOf, type Looks, lookAt, regionIn, type Sighting } from './look.ts';
import { type PaintedScene, sceneSize } from './paint-scene.ts';
import { coloursIn, palette, rgbOf } from './palette.ts';
import { labelOfPrompt, whatIsMeant } from './read-phrase.ts';

/** A backend that sees one scene, and what became of it. */
export interface SceneBackend extends Backend {
  readonly capabilities: CapabilityMap;
  /** What is seen in a picture of the scene now. */
  see(image: Image): readonly Sighting[];
  /** The pixels of the picture in which a thing lies, with its parts. */
  bodyOf(image: Image, thing: Looks): Uint8Array;
}

/** Everything that is sure is equally sure: nothing is taken for something else because of a score. */
const score = 0.9;
/** Pictures whose place is remembered. */
const mostKnown = 12;

/**
 * A backend that really looks at the pixels of a painted scene: what was removed is not seen any more, what was recoloured
 * has its new colour, what was painted is seen under its words, and after a crop everything is at its new place.
 */
export function sceneBackend(scene: PaintedScene): SceneBackend {
  const world = createWorld(scene);
  /** By picture and by what it may hold. */
  const looks = new Map<string, readonly Sighting[]>();
  const see = (image: Image): readonly Sighting[] => {
    const key = `${image.id} ${world.things.length}`;
    const seen = looks.get(key) ?? lookAt(image, world.frameOf(image), world.things);
    looks.set(key, seen);
    return seen;
  };
  const bodyOf = (image: Image, thing: Looks): Uint8Array => regionIn(image, world.frameOf(image), thing.body);
  const detect = (image: Image, phrases: readonly string[]): readonly Detection[] => {
    world.remember(image);
    const seen = see(image);
    const found = (sightings: readonly Sighting[], phrase?: string) =>
      sightings.map(({ thing, box }) => ({ label: thing.label, score, box, phrase: phrase ?? thing.label }));
    if (phrases.length === 0) return found(seen.filter(({ thing }) => thing.partOf === undefined));
    return phrases.flatMap((phrase) => found(whatIsMeant(phrase, seen), phrase));
  };
  const able = () => true as const;
  const capabilities: CapabilityMap = {
    detect: { model: 'scene-eye', able, run: async ({ image, phrases }) => detect(image, phrases) },
    segment: {
      model: 'scene-eye',
      able,
      run: async ({ image, box, points = [] }) => {
        const thing = atPlace(see(image), box, points);
        const data = thing
          ? bodyOf(image, thing)
          : Mask.fromBox(image, box ?? { x: points[0].x - 8, y: points[0].y - 8, width: 16, height: 16 }).data;
        return { mask: new Mask(image.width, image.height, data), score };
      },
    },
    remove: { model: 'scene-brush', able, run: async ({ image, mask, seed }) => fillHole(image, mask, seed) },
    inpaint: { model: 'scene-brush', able, run: async ({ image, mask, prompt }) => world.paint(image, mask, prompt) },
    generate: { model: 'scene-brush', able, run: async (request) => world.generate(request) },
    ask: {
      model: 'scene-eye',
      able,
      run: async ({ image, question, language }) => ({ answer: answerQuestion(question, language, see(image), image) }),
    },
    adjust: {
      model: 'pixel-operations',
      able: ({ operation }) =>
        adjustOperations.some(({ name }) => name === operation) || {
          code: 'capability-unavailable',
          hint: 'No such operation.',
        },
      run: async ({ image, operation, parameters, alpha }) => applyOperation(image, operation, parameters, alpha),
    },
  };
  return { name: 'scene', capabilities, see, bodyOf };
}

function applyOperation(
  image: Image,
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  alpha: Uint8Array,
): Pixels {
  const operation = findPixelOperation(name);
  return { width: image.width, height: image.height, data: operation.apply(image, parameters, alpha) };
}

/** What the backend knows of the scene: what was painted into it, and where pictures of it lie. */
function createWorld({ image: painted, things: first }: PaintedScene) {
  const plain = brightnessOf(painted.data);
  const brightness = blurredMore(plain);
  const things: Looks[] = first.map((thing) => ({ ...thing, brightness }));
  const known: KnownPicture[] = [{ image: painted, frame: identity }];
  const frames = new Map<string, Frame>();
  const frameOf = (image: Image): Frame => {
    const frame = frames.get(image.id) ?? findFrame(image, known, painted);
    frames.set(image.id, frame);
    return frame;
  };
  const add = (label: string, colour: string, prompt: string, region: Uint8Array, then: Float32Array): void => {
    const box = boundsOf(region);
    if (!box) return;
    const index = things.filter((thing) => thing.label === label).length;
    things.push({
      label,
      colour,
      index,
      box,
      visible: inner(region),
      body: region,
      brightness: blurredMore(then),
      prompt,
    });
  };
  return {
    things: things as readonly Looks[],
    frameOf,
    remember(image: Image): void {
      const frame = frameOf(image);
      if (known.some(({ image: other }) => other.id === image.id)) return;
      known.unshift({ image, frame });
      known.splice(mostKnown);
    },
    /** Paints a thing where the mask is, and remembers what it looks like. */
    paint(image: Image, mask: Mask, prompt: string): Pixels {
      const { colour, rgb } = paintOf(prompt);
      const bounds = mask.bounds ?? { x: 0, y: 0, width: image.width, height: image.height };
      const data = Uint8Array.from(image.data);
      const frame = frameOf(image);
      const region = new Uint8Array(sceneSize.width * sceneSize.height);
      const then = Float32Array.from(plain);
      for (let i = 0; i < mask.data.length; i++) {
        if (!mask.data[i]) continue;
        const pixel = patterned(rgb, i % image.width, Math.floor(i / image.width), bounds);
        data.set([...pixel, 255], i * 4);
        const { x, y } = toPainted(frame, { x: (i % image.width) + 0.5, y: Math.floor(i / image.width) + 0.5 });
        const [column, row] = [Math.floor(x), Math.floor(y)];
        if (column < 0 || row < 0 || column >= sceneSize.width || row >= sceneSize.height) continue;
        region[row * sceneSize.width + column] = 1;
        then[row * sceneSize.width + column] = 0.3 * pixel[0] + 0.59 * pixel[1] + 0.11 * pixel[2];
      }
      add(labelOfPrompt(prompt), colour, prompt, region, then);
      return { width: image.width, height: image.height, data };
    },
    /** A new picture: a backdrop, and the thing of the prompt in its middle. */
    async generate({ prompt, width, height }: { prompt: string; width: number; height: number }): Promise<Pixels> {
      const pixels = paintBackdrop({ width, height });
      const middle = Mask.fromBox(pixels, {
        x: width * 0.25,
        y: height * 0.2,
        width: width * 0.5,
        height: height * 0.6,
      });
      const blank = await Image.fromPixels(pixels);
      const frame = { a: sceneSize.width / width, b: 0, c: 0, d: sceneSize.height / height, e: 0, f: 0 };
      frames.set(blank.id, frame);
      const result = this.paint(blank, middle, prompt);
      const image = await Image.fromPixels(result);
      frames.set(image.id, frame);
      known.unshift({ image, frame });
      return result;
    },
  };
}

/** Without the rim, where what was painted mixes with what is around it. */
function inner(region: Uint8Array): Uint8Array {
  const steps = [-rim, rim, -rim * sceneSize.width, rim * sceneSize.width];
  const inside = region.map((value, at) => (value && steps.every((step) => region[at + step]) ? 1 : 0));
  return inside.some((value) => value === 1) ? inside : region;
}
const rim = 5;

/** The colour that the words ask for; else one that their letters choose. */
function paintOf(prompt: string): { colour: string; rgb: readonly [number, number, number] } {
  const [asked] = coloursIn(prompt.toLowerCase());
  const letters = [...prompt].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
  const colour = asked ?? palette[letters % palette.length].name;
  return { colour, rgb: rgbOf(colour) };
}

/** Quilted, unlike anything that scenes hold: what was there before is not seen through it. */
function patterned(rgb: readonly number[], x: number, y: number, box: Box): number[] {
  const [u, v] = [(2 * (x + 0.5 - box.x)) / box.width - 1, (2 * (y + 0.5 - box.y)) / box.height - 1];
  const light = 1 + 0.25 * Math.sin(3.5 * Math.PI * u + 1) * Math.sin(3.5 * Math.PI * v + 2) + 0.02 * grain(x, y, 7);
  return rgb.map((value) => Math.min(255, Math.round(value * light + 6 * (light - 1))));
}

/** What the mask covers, in the mean colour of what lies just outside of it, grained. */
function fillHole(image: Image, mask: Mask, seed: number): Pixels {
  const { width, height } = image;
  const sum = [0, 0, 0];
  let count = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (mask.data[at] || image.data[at * 4 + 3] < 128 || !isNearMask(mask, x, y)) continue;
      for (const channel of sum.keys()) sum[channel] += image.data[at * 4 + channel];
      count++;
    }
  const middle = sum.map((value) => (count > 0 ? value / count : 200));
  const data = Uint8Array.from(image.data);
  for (let i = 0; i < mask.data.length; i++) {
    if (!mask.data[i]) continue;
    const shade = 6 * grain(i % width, Math.floor(i / width), seed + 31);
    data.set([...middle.map((value) => Math.max(0, Math.min(255, Math.round(value + shade)))), 255], i * 4);
  }
  return { width, height, data };
}

const reach = 4;
const isNearMask = ({ width, height, data }: Mask, x: number, y: number): boolean =>
  [
    [x - reach, y],
    [x + reach, y],
    [x, y - reach],
    [x, y + reach],
  ].some(
    ([column, row]) => column >= 0 && row >= 0 && column < width && row < height && data[row * width + column] === 1,
  );

/** The thing whose box is meant, or the smallest one that lies under the first positive point. */
function atPlace(
  seen: readonly Sighting[],
  box: Box | undefined,
  points: readonly { x: number; y: number; positive: boolean }[],
): Looks | undefined {
  if (box) {
    const [best] = seen
      .map((sighting) => ({ sighting, share: overlap(sighting.box, box) }))
      .sort((a, b) => b.share - a.share);
    return best && best.share >= 0.3 ? best.sighting.thing : undefined;
  }
  const point = points.find(({ positive }) => positive);
  const under = seen.filter(
    ({ box: { x, y, width, height } }) =>
      point && point.x >= x && point.x <= x + width && point.y >= y && point.y <= y + height,
  );
  return under.sort((a, b) => a.box.width * a.box.height - b.box.width * b.box.height)[0]?.thing;
}

function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (one.width * one.height + other.width * other.height - width * height);
}

function boundsOf(region: Uint8Array): Box | undefined {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1, -1];
  for (let i = 0; i < region.length; i++) {
    if (!region[i]) continue;
    const [x, y] = [i % sceneSize.width, Math.floor(i / sceneSize.width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
