import type { PointPrompt } from '../capabilities/segment/contract.ts';
import { type Segmented, segmentTarget } from '../capabilities/segment/segment.ts';
import type { Edit } from '../capabilities/shared/edit.ts';
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

/** Keeps a finished edit and says what happened, in the form every edit tool shares. */
export async function recordEdit(
  context: ToolContext,
  call: { readonly tool: string; readonly input: Record<string, unknown>; readonly label?: string | undefined },
  edit: Edit,
): Promise<EditOutput> {
  await context.library.putImage(edit.image);
  const mask = await context.library.putMask(edit.mask);
  // Whoever stopped the run while it was checking must not find the edit done.
  context.signal?.throwIfAborted();
  await carryProtection(context, edit);
  const node = { ...call, receipt: edit.receipt, verified: edit.verified };
  const id = await context.workspace.addEdit(node, describeImage(edit.image));
  return {
    image: edit.image.id,
    edit: id,
    mask,
    ...(call.label === undefined ? {} : { label: call.label }),
    changedOutsideMask: edit.receipt.changedOutsideMask,
    verified: edit.verified,
  };
}

/** What a cut-out thing was recognised as, where words led to it. */
export const labelOf = (cut: Segmented): string | undefined => cut.detections[0]?.label;
