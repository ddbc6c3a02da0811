import { type Box, clipBox, growBox } from '../../image/geometry.ts';
import { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import type { Pixels } from '../../image/pixels.ts';
import { findPixelOperation } from '../adjust/find-operation.ts';
import type { Backend, CapabilityMap } from '../capability.ts';
import type { Detection } from '../detect/contract.ts';

type Rgb = readonly [red: number, green: number, blue: number];

/** The colours that the backend of this file has names for. */
const colours = { red: [220, 30, 30], green: [30, 170, 60], blue: [30, 60, 220], yellow: [240, 220, 40] } as const;
type ColourName = keyof typeof colours;
const names = Object.keys(colours) as ColourName[];

/** A square of one colour: its top-left corner and side in pixels. */
export interface Square {
  readonly colour: ColourName;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** A picture of squares on light grey. */
export async function squaresOn(width: number, height: number, squares: readonly Square[]): Promise<Image> {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let i = 0; i < data.length; i += 4) data.set([200, 200, 200], i);
  for (const { colour, x, y, side } of squares)
    for (let row = y; row < y + side; row++)
      for (let column = x; column < x + side; column++) data.set(colours[colour], (row * width + column) * 4);
  return Image.fromPixels({ width, height, data });
}

const isNear = ({ data }: Pixels, index: number, [red, green, blue]: Rgb): boolean =>
  Math.abs(data[index * 4] - red) + Math.abs(data[index * 4 + 1] - green) + Math.abs(data[index * 4 + 2] - blue) < 60;

/** The bounds of each connected patch of a colour that is larger than a speck, from the left. */
function patches(pixels: Pixels, colour: Rgb): { box: Box; fullness: number }[] {
  const { width, height } = pixels;
  const seen = new Uint8Array(width * height);
  const found: { box: Box; fullness: number }[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !isNear(pixels, start, colour)) continue;
    const stack = [start];
    seen[start] = 1;
    let [left, top, right, bottom, area] = [width, height, -1, -1, 0];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      area++;
      for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (next < 0 || next >= seen.length || seen[next] || !isNear(pixels, next, colour)) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    const box = { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
    if (area >= 16) found.push({ box, fullness: area / (box.width * box.height) });
  }
  return found.sort((a, b) => a.box.x - b.box.x);
}

const colourIn = (words: string): ColourName | undefined => names.find((name) => words.toLowerCase().includes(name));

function detect(pixels: Pixels, phrases: readonly string[], threshold: number): Detection[] {
  const asked = phrases.length > 0 ? phrases : names.map((name) => `${name} square`);
  const found = asked.flatMap((phrase) => {
    const named = colourIn(phrase);
    return (named ? [named] : names).flatMap((name) =>
      patches(pixels, colours[name]).map(({ box, fullness }) => ({
        label: `${name} square`,
        score: 0.9 * fullness,
        box,
        phrase,
      })),
    );
  });
  return found.filter(({ score }) => score >= threshold).sort((a, b) => b.score - a.score);
}

/** The pixels of the colour that most of the box has, inside it. */
function cutOut(pixels: Pixels, box: Box): Mask {
  const [mostly] = names
    .map((name) => ({ name, area: Math.max(0, ...patchesWithin(pixels, name, box).map(({ area }) => area)) }))
    .sort((a, b) => b.area - a.area);
  const data = new Uint8Array(pixels.width * pixels.height);
  const inside = Mask.fromBox(pixels, box).data;
  for (let i = 0; i < data.length; i++) data[i] = inside[i] && isNear(pixels, i, colours[mostly.name]) ? 1 : 0;
  return new Mask(pixels.width, pixels.height, data);
}

const patchesWithin = (pixels: Pixels, name: ColourName, box: Box) =>
  patches(pixels, colours[name]).map((patch) => {
    const shared = clipBox(patch.box, { width: box.x + box.width, height: box.y + box.height });
    const inside = shared && shared.x + shared.width > box.x && shared.y + shared.height > box.y;
    return { area: inside ? shared.width * shared.height : 0 };
  });

/** What the mask covers, in the mean colour of what lies just outside of it. */
function fillIn(pixels: Pixels, mask: Mask): Pixels {
  const around = clipBox(growBox(mask.bounds ?? { x: 0, y: 0, ...pixels }, 3), mask);
  const sum = [0, 0, 0, 0];
  if (around)
    for (let y = around.y; y < around.y + around.height; y++)
      for (let x = around.x; x < around.x + around.width; x++) {
        const at = y * pixels.width + x;
        if (mask.data[at]) continue;
        for (let channel = 0; channel < 3; channel++) sum[channel] += pixels.data[at * 4 + channel];
        sum[3]++;
      }
  const [red, green, blue, count] = sum;
  return flood(
    pixels,
    mask,
    [red, green, blue].map((value) => Math.round(value / Math.max(1, count))),
  );
}

function flood({ width, height, data }: Pixels, mask: Mask | undefined, colour: readonly number[]): Pixels {
  const painted = Uint8Array.from(data);
  for (let i = 0; i < width * height; i++) if (!mask || mask.data[i]) painted.set(colour, i * 4);
  return { width, height, data: painted };
}

const paintOf = (prompt: string): Rgb => colours[colourIn(prompt) ?? 'yellow'];

const able = () => true as const;

/** Capabilities that really work, on pictures of squares: found, cut out and painted by looking at the pixels. */
export const squareCapabilities: CapabilityMap = {
  detect: {
    model: 'square-finder',
    able,
    run: async ({ image, phrases, threshold = 0.2 }) => detect(image, phrases, threshold),
  },
  segment: {
    model: 'square-cutter',
    able,
    run: async ({ image, box, points = [] }, { progress }) => {
      const [first] = points;
      progress?.(0.5);
      const place = box ?? { x: first.x - 1, y: first.y - 1, width: 2, height: 2 };
      return { mask: cutOut(image, place), score: 0.9 };
    },
  },
  remove: { model: 'border-mean', able, run: async ({ image, mask }) => fillIn(image, mask) },
  inpaint: { model: 'bucket', able, run: async ({ image, mask, prompt }) => flood(image, mask, paintOf(prompt)) },
  generate: {
    model: 'bucket',
    able,
    run: async ({ prompt, width, height }) =>
      flood({ width, height, data: new Uint8Array(width * height * 4).fill(255) }, undefined, paintOf(prompt)),
  },
  ask: {
    model: 'square-counter',
    able,
    run: async ({ image, question }) => {
      const count = detect(image, [question], 0.2).length;
      return { answer: count > 0 ? `Yes, ${count}.` : 'No.' };
    },
  },
  adjust: {
    model: 'operations',
    able,
    run: async ({ image, operation, parameters, alpha }) => ({
      width: image.width,
      height: image.height,
      data: findPixelOperation(operation).apply(image, parameters, alpha),
    }),
  },
};

/** A backend with these capabilities, some of them changed or (undefined) left out. */
export const squares = (changed: Partial<CapabilityMap> = {}): Backend => ({
  name: 'squares',
  capabilities: { ...squareCapabilities, ...changed },
});
