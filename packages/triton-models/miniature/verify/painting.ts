import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AtelierError, atelier, type Box, type Image, type Mask, type Studio, type Vision } from '@atelier/sdk';
import { cropPixels, encodeImage, Image as Picture } from '@atelier/sdk/image';
import type { TritonBackend } from '@atelier/sdk/triton';
import { overlap } from './average-precision.ts';
import type { Corners, Example } from './examples.ts';
import { mean } from './mean.ts';
import { readPicture } from './pictures.ts';
import { boxOf } from './segmentation.ts';

/** One edit, and what was seen of it. */
export interface PaintedExample {
  readonly example: Example<'paintings'>;
  /** Whether owlv2 and vqa find what was asked for in the mask: the wanted thing, or of a removal nothing at all. */
  readonly asAsked: boolean;
  /** Pixels that differ outside the mask that the edit reports, counted here. */
  readonly changedOutside: number;
  /** Why there is no picture after it. */
  readonly failure?: string;
}

export interface PaintingFigures {
  /** Share of the edits that both owlv2 and vqa find as they should be. */
  readonly asAsked: number;
  readonly changedOutside: number;
  readonly edits: number;
}

/** Cuts each thing out by its box, removes or replaces it, and looks. @param folder for the pictures after it, under their names before. */
export async function paintExamples(
  backend: TritonBackend,
  examples: readonly Example<'paintings'>[],
  folder: string,
): Promise<PaintedExample[]> {
  const studio = atelier({ backends: [backend] });
  const { vision } = studio;
  await mkdir(folder, { recursive: true });
  const painted: PaintedExample[] = [];
  for (const example of examples) {
    const image = await readPicture(example.picture);
    try {
      const edit = await paint(studio, image, example);
      const after = join(folder, basename(example.picture));
      await writeFile(after, (await encodeImage(edit.image, { format: 'png' })).bytes);
      const asAsked = await (example.wanted === null ? isEmpty : isThere)(vision, edit, example);
      painted.push({ example, asAsked, changedOutside: changedOutside(image, edit) });
    } catch (error) {
      if (!AtelierError.isInstance(error)) throw error;
      painted.push({ example, asAsked: false, changedOutside: 0, failure: `${error.code}: ${error.message}` });
    }
  }
  return painted;
}

export const figuresOf = (painted: readonly PaintedExample[]): PaintingFigures => ({
  asAsked: mean(painted.map(({ asAsked }) => (asAsked ? 1 : 0))),
  changedOutside: painted.reduce((sum, { changedOutside: pixels }) => sum + pixels, 0),
  edits: painted.length,
});

interface Painted {
  readonly image: Image;
  /** Every pixel that the edit was allowed to touch. */
  readonly mask: Mask;
}

/** Through the tools, as agents and hosts do: a replacement that fails its check is tried once more. */
async function paint(studio: Studio, image: Image, { wanted, box }: Example<'paintings'>): Promise<Painted> {
  const session = studio.session({ image });
  const target = { image: image.id, box: boxOf(box) };
  const edit =
    wanted === null
      ? await session.call('remove_object', target)
      : await session.call('inpaint_image', { ...target, prompt: wanted.prompt });
  if ('needs' in edit) throw new Error(`A box needs no choice: ${JSON.stringify(edit)}`);
  return { image: await session.loadImage(edit.image), mask: await session.loadMask(edit.mask) };
}

/** As much must a box and the bounds of the mask have in common (IoU), as for the SDK's own second look. */
const samePlace = 0.3;

async function isThere(vision: Vision, edit: Painted, { wanted }: Example<'paintings'>): Promise<boolean> {
  const { bounds } = edit.mask;
  if (!bounds || !wanted) return false;
  const found = await vision.detect(edit.image, { phrases: [wanted.prompt] });
  const isSeen = found.some(({ box }) => overlap(box, cornersOf(bounds)) >= samePlace);
  return isSeen && (await isAffirmed(vision, edit, wanted.prompt));
}

/** The SDK asks for no phrase as vague as "thing". */
const anything = ['ball', 'cube', 'cone', 'ring', 'star', 'heart'];
/** Of a box, to be of what is in the mask; and with another thing (IoU), to be that one. */
const inside = 0.5;
const anotherThing = 0.5;

/** Anything there is too much, also a blot of which nobody would say that it is the old thing. */
async function isEmpty(vision: Vision, edit: Painted, { name, others }: Example<'paintings'>): Promise<boolean> {
  const { bounds } = edit.mask;
  if (!bounds) return false;
  const found = await vision.detect(edit.image, { phrases: anything });
  const left = found.filter(
    ({ box }) => shareIn(box, bounds) >= inside && others.every((other) => overlap(box, other) < anotherThing),
  );
  const thing = /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
  return left.length === 0 && !(await isAffirmed(vision, edit, thing));
}

const cornersOf = ({ x, y, width, height }: Box): Corners => [x, y, x + width, y + height];

/** Which share of a box lies in another. */
function shareIn(box: Box, place: Box): number {
  const width = Math.min(box.x + box.width, place.x + place.width) - Math.max(box.x, place.x);
  const height = Math.min(box.y + box.height, place.y + place.height) - Math.max(box.y, place.y);
  return width <= 0 || height <= 0 ? 0 : (width * height) / (box.width * box.height);
}

const margin = 12;

/** Asked about the surroundings alone: elsewhere there may be another one. */
async function isAffirmed(vision: Vision, { image, mask }: Painted, thing: string): Promise<boolean> {
  const { bounds } = mask;
  if (!bounds) return false;
  const [x, y] = [Math.max(0, bounds.x - margin), Math.max(0, bounds.y - margin)];
  const width = Math.min(image.width, bounds.x + bounds.width + margin) - x;
  const height = Math.min(image.height, bounds.y + bounds.height + margin) - y;
  const part = await Picture.fromPixels(cropPixels(image, { x, y, width, height }));
  const { answer } = await vision.ask(part, `Is there ${thing} in this picture? Answer yes or no.`);
  return /^yes\b/i.test(answer);
}

function changedOutside(before: Image, { image: after, mask }: Painted): number {
  let changed = 0;
  for (let at = 0; at < mask.data.length; at++) {
    if (mask.data[at] !== 0) continue;
    if ([0, 1, 2, 3].some((channel) => before.data[4 * at + channel] !== after.data[4 * at + channel])) changed++;
  }
  return changed;
}
