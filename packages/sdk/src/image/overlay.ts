import { AtelierError } from '../errors/atelier-error.ts';
import { copyPixels } from './copy.ts';
import type { Box } from './geometry.ts';
import type { Mask } from './mask.ts';
import { type BadgePlan, drawBadge, planBadge } from './overlay/badge.ts';
import { colourOf, isRepeated } from './overlay/colours.ts';
import { placeBadges } from './overlay/layout.ts';
import { paintFrame, paintMask, paintPatch } from './overlay/paint.ts';
import type { Pixels } from './pixels.ts';

/** One numbered thing: a box is framed, a mask tinted and outlined; with both, both. */
export interface OverlayItem {
  readonly box?: Box | undefined;
  /** Same size as the picture. */
  readonly mask?: Mask | undefined;
  /** Shown beside the number, clipped where it is long; left out where the built-in font lacks its characters. */
  readonly label: string;
}

export interface OverlayOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * The picture with its things numbered 1..n in the order given, for a person to choose by number: RGBA of the same size, the picture itself untouched.
 * Lines and numbers grow with the picture, so that they can be read when it is shown whole. Needs no fonts.
 * Throws `mask-invalid` for a mask of another size.
 */
export async function drawOverlay(
  image: Pixels,
  items: readonly OverlayItem[],
  options: OverlayOptions = {},
): Promise<Uint8Array> {
  const { signal } = options;
  checkMasks(image, items);
  const canvas: Pixels = { width: image.width, height: image.height, data: await copyPixels(image, { signal }) };
  const capHeight = chooseCapHeight(image);
  const thickness = Math.max(1, Math.round(capHeight / 4));
  for (const [index, { mask }] of items.entries()) {
    if (mask) await paintMask(canvas, mask, colourOf(index), thickness, signal);
  }
  for (const [index, { box }] of items.entries()) {
    if (box) paintFrame(canvas, box, colourOf(index), thickness, isRepeated(index));
  }
  const placed = placeBadges(image, planBadges(image, items, capHeight));
  for (const [index, { plan, at }] of placed.entries()) {
    signal?.throwIfAborted();
    paintPatch(canvas, await drawBadge(plan, colourOf(index)), at);
  }
  return canvas.data;
}

/** Legible when the whole picture is shown a thousand pixels wide, and never larger than a small picture can bear. */
function chooseCapHeight({ width, height }: Pixels): number {
  const wanted = Math.max(10, Math.max(width, height) / 72);
  return Math.max(3, Math.min(wanted, Math.min(width, height) * 0.3));
}

function planBadges(
  image: Pixels,
  items: readonly OverlayItem[],
  capHeight: number,
): { full: BadgePlan; bare: BadgePlan; thing: Box }[] {
  return items.map(({ box, mask, label }, index) => {
    const thing = box ?? mask?.bounds ?? { x: 0, y: 0, width: image.width, height: image.height };
    const maxWidth = Math.min(image.width, Math.max(thing.width, image.width * 0.25));
    return {
      full: planBadge(index + 1, label, capHeight, maxWidth),
      bare: planBadge(index + 1, '', capHeight, maxWidth),
      thing,
    };
  });
}

function checkMasks(image: Pixels, items: readonly OverlayItem[]): void {
  for (const { mask } of items) {
    if (mask && (mask.width !== image.width || mask.height !== image.height)) {
      throw new AtelierError({
        code: 'mask-invalid',
        message: `A mask of ${mask.width} x ${mask.height} does not fit a picture of ${image.width} x ${image.height}.`,
      });
    }
  }
}
