import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { atelier, type Image, type Mask, type Studio, type Vision } from '@atelier/sdk';
import { cropPixels, encodeImage, Image as Picture } from '@atelier/sdk/image';
import type { TritonBackend } from '@atelier/sdk/triton';
import { overlap } from './average-precision.ts';
import type { Example } from './examples.ts';
import { mean } from './mean.ts';
import { readPicture } from './pictures.ts';
import { boxOf } from './segmentation.ts';

/** One edit, and what was seen of it. */
export interface PaintedExample {
  readonly example: Example<'paintings'>;
  /** File of the picture after the edit. */
  readonly after: string;
  /** Whether owlv2 sees the wanted thing in the mask; of a removal, whether it still sees the old one. */
  readonly detected: boolean;
  /** The same as vqa says. */
  readonly affirmed: boolean;
  /** Pixels that differ outside the mask that the edit reports, counted here. */
  readonly changedOutside: number;
}

export interface PaintingFigures {
  /** Share of the edits that both owlv2 and vqa find as they should be. */
  readonly asAsked: number;
  readonly removed: number;
  readonly replaced: number;
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
    const edit = await paint(studio, image, example);
    const after = join(folder, basename(example.picture));
    await writeFile(after, (await encodeImage(edit.image, { format: 'png' })).bytes);
    const { wanted, name } = example;
    const thing = wanted?.prompt ?? (/^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`);
    painted.push({
      ...{ example, after },
      detected: await isDetected(vision, edit, thing),
      affirmed: await isAffirmed(vision, edit, thing),
      changedOutside: changedOutside(image, edit),
    });
  }
  return painted;
}

export function figuresOf(painted: readonly PaintedExample[]): PaintingFigures {
  const share = (some: readonly PaintedExample[]) =>
    mean(
      some.map(({ example: { wanted }, detected, affirmed }) => (isRight(wanted !== null, detected, affirmed) ? 1 : 0)),
    );
  return {
    asAsked: share(painted),
    removed: share(painted.filter(({ example }) => example.wanted === null)),
    replaced: share(painted.filter(({ example }) => example.wanted !== null)),
    changedOutside: painted.reduce((sum, { changedOutside: pixels }) => sum + pixels, 0),
    edits: painted.length,
  };
}

const isRight = (isWanted: boolean, detected: boolean, affirmed: boolean): boolean =>
  isWanted ? detected && affirmed : !detected && !affirmed;

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

async function isDetected(vision: Vision, { image, mask }: Painted, thing: string): Promise<boolean> {
  const { bounds } = mask;
  if (!bounds) return false;
  const { x, y, width, height } = bounds;
  const found = await vision.detect(image, { phrases: [thing] });
  return found.some(({ box }) => overlap(box, [x, y, x + width, y + height]) >= samePlace);
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
