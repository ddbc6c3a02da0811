import { type Box, type GenerateRequest, Image, Mask, type Pixels } from '@atelier/sdk';
import { grain, paintBackdrop } from './backdrop.ts';
import { type Frame, findFrame, identity, type KnownPicture, toPainted } from './frame.ts';
import { blurredMore, brightnessOf, type Looks, lookAt, luminance, regionIn, type Sighting } from './look.ts';
import { type PaintedScene, sceneSize } from './paint-scene.ts';
import { coloursIn, palette, rgbOf } from './palette.ts';
import { labelOfPrompt } from './read-phrase.ts';

/** Pictures whose place is remembered. */
const mostKnown = 12;
const { width: sceneWidth, height: sceneHeight } = sceneSize;

/** What is known of one scene: what was painted into it, then and later, and where pictures of it lie. */
export class World {
  readonly #things: Looks[];
  readonly #painted: Image;
  readonly #plain: Float32Array;
  readonly #known: KnownPicture[];
  /** By picture. */
  readonly #frames = new Map<string, Frame>();
  /** By picture, and by how many things it may hold. */
  readonly #seen = new Map<string, readonly Sighting[]>();

  constructor({ image, things }: PaintedScene) {
    this.#painted = image;
    this.#plain = brightnessOf(image.data);
    const brightness = blurredMore(this.#plain);
    this.#things = things.map((thing) => ({ ...thing, brightness }));
    this.#known = [{ image, frame: identity }];
  }

  /** What is seen in a picture. */
  see(image: Image): readonly Sighting[] {
    const key = `${image.id} ${this.#things.length}`;
    const seen = this.#seen.get(key) ?? lookAt(image, this.#frameOf(image), this.#things);
    this.#seen.set(key, seen);
    return seen;
  }

  /** The pixels of the picture in which a thing lies, with its parts, 0 or 1 each. */
  bodyOf(image: Image, thing: Looks): Uint8Array {
    return regionIn(image, this.#frameOf(image), thing.body);
  }

  /** Keeps a whole picture in mind, so that parts of it are recognised. */
  remember(image: Image): void {
    const frame = this.#frameOf(image);
    if (this.#known.some(({ image: other }) => other.id === image.id)) return;
    this.#known.unshift({ image, frame });
    this.#known.splice(mostKnown);
  }

  /** Paints a thing where the mask is, and remembers what it looks like. */
  paint(image: Image, mask: Mask, prompt: string): Pixels {
    const { width, height } = image;
    const { colour, rgb } = paintOf(prompt);
    const bounds = mask.bounds ?? { x: 0, y: 0, width, height };
    const data = Uint8Array.from(image.data);
    const frame = this.#frameOf(image);
    const region = new Uint8Array(sceneWidth * sceneHeight);
    const then = Float32Array.from(this.#plain);
    for (let at = 0; at < mask.data.length; at++) {
      if (!mask.data[at]) continue;
      const [x, y] = [at % width, Math.floor(at / width)];
      data.set(quilted(rgb, x, y, bounds), at * 4);
      const there = toPainted(frame, { x: x + 0.5, y: y + 0.5 });
      const [column, row] = [Math.floor(there.x), Math.floor(there.y)];
      if (column < 0 || row < 0 || column >= sceneWidth || row >= sceneHeight) continue;
      region[row * sceneWidth + column] = 1;
      then[row * sceneWidth + column] = luminance(data, at * 4);
    }
    this.#add({ label: labelOfPrompt(prompt), colour, prompt, body: region, brightness: blurredMore(then) });
    return { width, height, data };
  }

  /** A new picture: a backdrop, and the thing of the prompt in its middle. */
  async generate({ prompt, width, height }: GenerateRequest): Promise<Pixels> {
    const blank = await Image.fromPixels(paintBackdrop({ width, height }));
    const frame = { ...identity, a: sceneWidth / width, d: sceneHeight / height };
    this.#frames.set(blank.id, frame);
    const box = { x: width * 0.25, y: height * 0.2, width: width * 0.5, height: height * 0.6 };
    const pixels = this.paint(blank, Mask.fromBox(blank, box), prompt);
    const image = await Image.fromPixels(pixels);
    this.#frames.set(image.id, frame);
    this.remember(image);
    return pixels;
  }

  #frameOf(image: Image): Frame {
    const frame = this.#frames.get(image.id) ?? findFrame(image, this.#known, this.#painted);
    this.#frames.set(image.id, frame);
    return frame;
  }

  #add(thing: Omit<Looks, 'index' | 'box' | 'visible'>): void {
    const box = new Mask(sceneWidth, sceneHeight, thing.body).bounds;
    if (!box) return;
    const index = this.#things.filter(({ label }) => label === thing.label).length;
    this.#things.push({ ...thing, index, box, visible: inner(thing.body) });
  }
}

const rim = 5;

/** Without the rim, where what was painted mixes with what is around it. */
function inner(region: Uint8Array): Uint8Array {
  const steps = [-rim, rim, -rim * sceneWidth, rim * sceneWidth];
  const inside = region.map((value, at) => (value && steps.every((step) => region[at + step]) ? 1 : 0));
  return inside.includes(1) ? inside : region;
}

/** The colour that the words ask for; else one that their letters choose. */
function paintOf(prompt: string): { colour: string; rgb: readonly [number, number, number] } {
  const [asked] = coloursIn(prompt.toLowerCase());
  const letters = [...prompt].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
  const colour = asked ?? palette[letters % palette.length].name;
  return { colour, rgb: rgbOf(colour) };
}

/** A pixel of a pattern unlike anything that scenes hold: what was there before is not seen through it. */
function quilted(rgb: readonly number[], x: number, y: number, box: Box): number[] {
  const [u, v] = [(2 * (x + 0.5 - box.x)) / box.width - 1, (2 * (y + 0.5 - box.y)) / box.height - 1];
  const light = 0.25 * Math.sin(3.5 * Math.PI * u + 1) * Math.sin(3.5 * Math.PI * v + 2) + 0.02 * grain(x, y, 7);
  return [...rgb.map((value) => Math.min(255, Math.round(value * (1 + light) + 6 * light))), 255];
}
