import { AtelierError } from '../../errors/atelier-error.ts';
import { type Box, clipBox, growBox, roundBoxOut, type Size } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';
import { detectPhrases } from '../detect/detect.ts';
import { segmentTarget } from '../segment/segment.ts';
import { shapeAlpha } from '../shared/alpha.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';
import { PixelUnion } from './pixel-union.ts';
import { checkProtectedSize, type ProtectedRules, type Protection } from './protection.ts';

/** One thing that edits must leave alone: every face, all text, what a phrase names, a box in pixels (of a picture of that size), or a mask. */
export type Protected =
  | 'faces'
  | 'text'
  | { readonly phrase: string }
  | { readonly box: Box; readonly size?: Size | undefined }
  | { readonly mask: Mask };

/** A detector's box ends at the chin and the hairline; a share of the longer side more keeps all of the face. */
const faceMargin = 0.12;
/** Pixels around a thing that was cut out. */
const outlineMargin = 3;
/** Of a line's height: ascenders, descenders and the soft edge of strokes. */
const textMargin = 0.2;

export interface FindProtectedOptions extends CallOptions {
  /** What is protected there already: it stays so. */
  readonly known?: Protection | undefined;
}

/**
 * Finds what is to be protected in a picture. What cannot be looked for is an error (`capability-unavailable`,
 * `phrase-unknown`) and never a picture without protection; what is not in the picture is found 0 times.
 * Throws `mask-invalid` for boxes and masks of pictures of another size.
 */
export async function findProtected(
  context: VisionContext,
  image: Image,
  wanted: readonly Protected[],
  { known, ...options }: FindProtectedOptions = {},
): Promise<Protection> {
  const union = new PixelUnion(image, options.signal);
  if (known) {
    checkProtectedSize(known.mask, image);
    await union.addMask(known.mask);
  }
  const rules = [...(known?.rules ?? [])];
  for (const one of wanted) rules.push(await addOne(context, image, one, union, options));
  return { mask: union.toMask(), rules };
}

async function addOne(
  context: VisionContext,
  image: Image,
  one: Protected,
  union: PixelUnion,
  options: CallOptions,
): Promise<ProtectedRules[number]> {
  if (one === 'faces' || one === 'text') {
    const phrase = one === 'faces' ? 'face' : 'text';
    const [{ matches }] = await detectPhrases(context, image, [phrase], options);
    await union.addBoxes(matches.map(({ box }) => withMargin(box, one)));
    return { kind: one, found: matches.length };
  }
  if ('phrase' in one) {
    const [{ matches }] = await detectPhrases(context, image, [one.phrase], options);
    for (const { box } of matches) {
      const cut = await segmentTarget(context, image, { box }, options);
      if (!cut.needs) await addOutline(cut.mask, union);
    }
    return { kind: 'phrase', phrase: one.phrase, found: matches.length };
  }
  if ('box' in one) {
    checkBox(one, image);
    await union.addBoxes([one.box]);
    return { kind: 'box', found: 1 };
  }
  checkProtectedSize(one.mask, image);
  await union.addMask(one.mask);
  return { kind: 'mask', found: 1 };
}

function withMargin(box: Box, kind: 'faces' | 'text'): Box {
  const { width, height } = box;
  return growBox(box, kind === 'faces' ? faceMargin * Math.max(width, height) : textMargin * Math.min(width, height));
}

/** What is protected had better be a little too much: the outline's soft pixels belong to it. */
async function addOutline(mask: Mask, union: PixelUnion): Promise<void> {
  const region = await shapeAlpha(mask, { grow: outlineMargin, smooth: 0, feather: 0 });
  if (region) await union.addWeights(region.box, region.alpha);
}

function checkBox({ box, size }: Extract<Protected, { readonly box: Box }>, { width, height }: Image): void {
  const named = `The protected box (${box.x}, ${box.y}, ${box.width} x ${box.height})`;
  if (size && (size.width !== width || size.height !== height)) {
    throw new AtelierError({
      code: 'mask-invalid',
      message: `${named} is of a picture of ${size.width} x ${size.height}; this one measures ${width} x ${height}.`,
      hint: 'Name what is to be protected in words, or give a box for this picture.',
    });
  }
  if (clipBox(roundBoxOut(box), { width, height })) return;
  throw new AtelierError({
    code: 'invalid-input',
    message: `${named} lies outside the picture of ${width} x ${height} pixels.`,
  });
}
