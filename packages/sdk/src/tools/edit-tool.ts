import type { Detection } from '../capabilities/detect/contract.ts';
import type { PointPrompt } from '../capabilities/segment/contract.ts';
import { type Segmented, segmentTarget } from '../capabilities/segment/segment.ts';
import type { Edit } from '../capabilities/shared/edit.ts';
import type { Receipt } from '../capabilities/shared/receipt.ts';
import type { Box } from '../image/geometry.ts';
import type { Image } from '../image/image.ts';
import { askWhich } from './choice.ts';
import { carryProtection } from './protect.ts';
import type { ChoiceNeededOutput, EditOutput } from './schemas.ts';
import { describeImage, type ToolContext } from './tool-context.ts';

export interface TargetArguments {
  readonly phrase?: string | undefined;
  readonly mask?: string | undefined;
  readonly box?: Box | undefined;
  readonly points?: readonly PointPrompt[] | undefined;
  readonly choice?: number | undefined;
}

/** Cuts out what the arguments name; a question comes back as the tool's output. */
export async function resolveTarget(
  context: ToolContext,
  image: Image,
  target: TargetArguments,
): Promise<Segmented | ChoiceNeededOutput> {
  const stored = target.mask === undefined ? undefined : await context.library.getMask(target.mask);
  const cut = await segmentTarget(context.vision, image, { ...target, mask: stored?.mask }, { signal: context.signal });
  if (cut.needs) return askWhich(context, image, cut);
  return stored ? { ...cut, detections: stored.things } : cut;
}

/** A tool call that ended in an edit. */
export interface EditCall {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What words led to. */
  readonly things?: readonly Detection[] | undefined;
}

/** Keeps a finished edit and says what happened, in the form every edit tool shares. */
export async function recordEdit(
  context: ToolContext,
  { tool, input, things = [] }: EditCall,
  edit: Edit,
): Promise<EditOutput> {
  await context.library.putImage(edit.image);
  const mask = await context.library.putMask(edit.mask);
  // Whoever stopped the run while it was checking must not find the edit done.
  context.signal?.throwIfAborted();
  await carryProtection(context, edit);
  const { width, height } = await context.library.getImage(edit.receipt.before);
  const label = things[0]?.label;
  const named = label === undefined ? {} : { label };
  const node = {
    tool,
    input: repeatable(input, edit.receipt),
    ...named,
    target: { size: { width, height }, things: things.map((thing) => ({ ...thing })) },
    receipt: edit.receipt,
    verified: edit.verified,
  };
  const id = await context.workspace.addEdit(node, describeImage(edit.image));
  return {
    image: edit.image.id,
    edit: id,
    mask,
    ...named,
    changedOutsideMask: edit.receipt.changedOutsideMask,
    verified: edit.verified,
  };
}

/** What a tool paints with where the caller named no seed; a second attempt counts on from there by itself. */
const defaultSeed = 0;

/** The input that makes the same edit again, whatever the defaults will be then. */
function repeatable(input: EditCall['input'], receipt: Receipt): Record<string, unknown> {
  const seeded = receipt.seed === undefined ? input : { ...input, seed: input.seed ?? defaultSeed };
  return Object.fromEntries(Object.entries(seeded).filter(([, value]) => value !== undefined));
}
