import { AtelierError } from '../../errors/atelier-error.ts';
import { type Box, clipBox, growBox, roundBoxOut } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import { Mask } from '../../image/mask.ts';
import { detectPhrases } from '../detect/detect.ts';
import { segmentTarget } from '../segment/segment.ts';
import { editedMask, shapeAlpha } from '../shared/alpha.ts';
import type { CallOptions, VisionContext } from '../vision-context.ts';
import { checkProtectedSize, type ProtectedRules, type Protection } from './protection.ts';

/** One thing that edits must leave alone: every face, all text, what a phrase names, a box in pixels, or a mask. */
export type Protected =
  | 'faces'
  | 'text'
  | { readonly phrase: string }
  | { readonly box: Box }
  | { readonly mask: Mask };

/** A detector's box ends at the chin and the hairline; a share of the longer side more keeps all of the face. */
const faceMargin = 0.12;
/** Pixels around a thing that was cut out. */
const outlineMargin = 3;
/** Of a line's height: ascenders, descenders and the soft edge of strokes. */
const textMargin = 0.2;

/**
 * Finds what is to be protected in a picture. What cannot be looked for is an error (`capability-unavailable`,
 * `phrase-unknown`) and never a picture without protection; what is not in the picture is found 0 times.
 */
export async function findProtected(
  context: VisionContext,
  image: Image,
  wanted: readonly Protected[],
  options: CallOptions = {},
): Promise<Protection> {
  const data = new Uint8Array(image.width * image.height);
  const rules: ProtectedRules[number][] = [];
  for (const one of wanted) {
    const { masks, ...rule } = await findOne(context, image, one, options);
    for (const mask of masks) unite(data, mask);
    rules.push(rule);
  }
  return { mask: new Mask(image.width, image.height, data), rules };
}

type Found = ProtectedRules[number] & { readonly masks: readonly Mask[] };

async function findOne(context: VisionContext, image: Image, one: Protected, options: CallOptions): Promise<Found> {
  if (one === 'faces' || one === 'text') {
    const phrase = one === 'faces' ? 'face' : 'text';
    const [{ matches }] = await detectPhrases(context, image, [phrase], options);
    const masks = matches.map(({ box }) => Mask.fromBox(image, withMargin(box, one)));
    return { kind: one, found: masks.length, masks };
  }
  if ('phrase' in one) {
    const [{ matches }] = await detectPhrases(context, image, [one.phrase], options);
    const masks: Mask[] = [];
    for (const { box } of matches) {
      const cut = await segmentTarget(context, image, { box }, options);
      if (!cut.needs) masks.push(await grown(image, cut.mask));
    }
    return { kind: 'phrase', phrase: one.phrase, found: matches.length, masks };
  }
  if ('box' in one) {
    const box = clipBox(roundBoxOut(one.box), image);
    if (!box) throw outside(one.box, image);
    return { kind: 'box', found: 1, masks: [Mask.fromBox(image, box)] };
  }
  checkProtectedSize(one.mask, image);
  return { kind: 'mask', found: 1, masks: [one.mask] };
}

function withMargin(box: Box, kind: 'faces' | 'text'): Box {
  const { width, height } = box;
  return growBox(box, kind === 'faces' ? faceMargin * Math.max(width, height) : textMargin * Math.min(width, height));
}

/** What is protected had better be a little too much: the outline's soft pixels belong to it. */
async function grown(image: Image, mask: Mask): Promise<Mask> {
  const region = await shapeAlpha(mask, { grow: outlineMargin, smooth: 0, feather: 0 });
  return region ? editedMask(image, region) : mask;
}

function unite(data: Uint8Array, mask: Mask): void {
  for (let at = 0; at < data.length; at++) if (mask.data[at] !== 0) data[at] = 1;
}

const outside = (box: Box, { width, height }: Image): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `The protected box (${box.x}, ${box.y}, ${box.width} x ${box.height}) lies outside the picture of ${width} x ${height} pixels.`,
  });
