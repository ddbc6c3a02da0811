import { z } from 'zod';
import type { Detection } from '../../capabilities/detect/contract.ts';
import { detectNouns } from '../../capabilities/detect/detect.ts';
import { parsePhrase } from '../../capabilities/detect/spatial/index.ts';
import { segmentTarget } from '../../capabilities/segment/segment.ts';
import { findTarget } from '../../capabilities/target/target.ts';
import { choiceNeeded } from '../../capabilities/vision.ts';
import { AtelierError } from '../../errors/atelier-error.ts';
import type { EditNode } from '../../history/session-record.ts';
import { type Box, boxSchema, iou, type Size } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import type { ToolContext } from '../tool-context.ts';

type Input = Readonly<Record<string, unknown>>;

const targetSchema = z.object({
  phrase: z.string().optional(),
  mask: z.string().optional(),
  box: boxSchema.optional(),
  choice: z.number().optional(),
});
type Given = z.infer<typeof targetSchema>;

/** Boxes that overlap at least this much are of one thing: of several that fit, it is the one that was edited before. */
const sameThing = 0.5;
/** What a mask was cut out from is seen there still where its box overlaps a detection at least this much. */
const stillThere = 0.3;

/**
 * The input that makes an edit again on another base. Words are looked for anew; pixels (masks, boxes) are used where they
 * fit. Throws why the edit does not apply there: `choice-needed`, `no-match`, `mask-invalid`, `phrase-unknown`, ...
 */
export async function inputOn(context: ToolContext, edit: EditNode, base: Image): Promise<Input> {
  const input = { ...edit.input, image: base.id };
  if (edit.receipt.before === base.id) return input;
  const given = targetSchema.parse(edit.input);
  if (given.mask !== undefined) await checkMask(context, given.mask, base);
  else if (given.phrase !== undefined) return { ...input, ...(await followWords(context, edit, given, base)) };
  else if (given.box) checkSize('box', await sizeBefore(context, edit), base);
  return input;
}

async function checkMask({ library, vision, signal }: ToolContext, id: string, base: Image): Promise<void> {
  const { mask, things } = await library.getMask(id);
  checkSize('mask', mask, base);
  for (const { label, box } of things) {
    const seen = await detectNouns(vision, base, [label], { signal });
    if (seen.some((other) => iou(other.box, box) >= stillThere)) continue;
    throw new AtelierError({
      code: 'no-match',
      message: `The mask was cut out from a ${label}, and none is seen there now.`,
      hint: 'Make the edit again in words.',
      details: { label, box },
    });
  }
}

function checkSize(kind: 'mask' | 'box', made: Size, base: Size): void {
  if (made.width === base.width && made.height === base.height) return;
  throw new AtelierError({
    code: 'mask-invalid',
    message: `The ${kind} was made for a picture of ${made.width} x ${made.height}; without the edit of the frame that was before it, the picture measures ${base.width} x ${base.height}.`,
    hint: 'Make the edit again, in words or with a mask of the new picture.',
    details: { from: { width: made.width, height: made.height }, to: { width: base.width, height: base.height } },
  });
}

/** What takes the place of phrase and choice in the input. */
async function followWords(context: ToolContext, edit: EditNode, given: Given, base: Image): Promise<Input> {
  const { vision, signal } = context;
  const phrase = given.phrase ?? '';
  const before = await thingBefore(context, edit);
  const found = await findTarget(vision, base, phrase, { signal });
  if (found.needs) {
    const same = nearest(found.candidates, before?.box, sameThing);
    // Where nothing fits the words, only what a person pointed at before may stand in for them.
    const stands = found.reason === 'ambiguous' || (given.choice !== undefined && same?.label === before?.label);
    if (same && stands) return { choice: same.number };
    throw choiceNeeded(found);
  }
  const [match] = found.detections;
  const isSingle = found.detections.length === 1 && !parsePhrase(phrase).all;
  if (!isSingle || !before || iou(match.box, before.box) >= sameThing) return { choice: undefined };
  return otherThing(context, phrase, given, before, base);
}

/**
 * The words lead to one thing, and to another one than before. Where the one of before is seen still, it stays the one that
 * is meant: whoever undoes one edit does not want the others moved. Else the words decide, unless a person had pointed at it.
 */
async function otherThing(
  context: ToolContext,
  phrase: string,
  given: Given,
  before: Detection,
  base: Image,
): Promise<Input> {
  const { vision, library, signal } = context;
  const seen = await detectNouns(vision, base, [before.label], { signal });
  const same = nearest(seen, before.box, sameThing);
  if (same) {
    const cut = await segmentTarget(vision, base, { box: same.box }, { signal });
    if (cut.needs) throw choiceNeeded(cut);
    const mask = await library.putMask(cut.mask, [{ ...same, phrase }]);
    return { phrase: undefined, choice: undefined, mask };
  }
  if (given.choice === undefined) return { choice: undefined };
  throw new AtelierError({
    code: 'no-match',
    message: `Of those that fit "${phrase}", the one that was chosen is not seen there now.`,
    hint: 'Make the edit again, and say which one.',
  });
}

const nearest = <Thing extends { readonly box: Box }>(
  things: readonly Thing[],
  box: Box | undefined,
  least: number,
): Thing | undefined =>
  box &&
  things.filter((thing) => iou(thing.box, box) >= least).toSorted((a, b) => iou(b.box, box) - iou(a.box, box))[0];

/** The one thing that the words led to before; undefined where they led to several. */
async function thingBefore(context: ToolContext, edit: EditNode): Promise<Detection | undefined> {
  const { target, receipt, label } = edit;
  if (target) return target.things.length === 1 ? target.things[0] : undefined;
  // Stored before targets were kept: what was edited reaches a little beyond the thing.
  const box = (await context.library.getMask(receipt.mask)).mask.bounds;
  return box && label !== undefined ? { label, score: 0, box, phrase: label } : undefined;
}

async function sizeBefore({ library }: ToolContext, edit: EditNode): Promise<Size> {
  return edit.target?.size ?? library.getImage(edit.receipt.before);
}
