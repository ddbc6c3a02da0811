import { findProtected, type Protected } from '../capabilities/protect/find-protected.ts';
import type { Protection } from '../capabilities/protect/protection.ts';
import type { Edit } from '../capabilities/shared/edit.ts';
import { reframeMask } from '../capabilities/shared/reframe.ts';
import { coveredBy, ruleKey } from '../history/protections.ts';
import type { ProtectRule } from '../history/session-record.ts';
import type { Image } from '../image/image.ts';
import { Mask } from '../image/mask.ts';
import type { ToolContext } from './tool-context.ts';

/**
 * What edits of a picture must leave alone; undefined where the session protects nothing. Each rule is looked for once, in
 * the picture as it came or as it was when the rule was added: edits carry it along, so that what a later picture looks
 * like cannot lift the protection.
 */
export async function protectionOf(context: ToolContext, image: Image): Promise<Protection | undefined> {
  const { workspace, library, vision, signal } = context;
  const { protect } = workspace;
  if (protect.length === 0) return undefined;
  const record = workspace.protectionOf(image.id);
  const known = record && {
    rules: record.rules,
    mask: record.mask === null ? noPixels(image) : (await library.getMask(record.mask)).mask,
  };
  const covered = record ? coveredBy(record, protect) : [];
  const coveredKeys = new Set(covered.map(ruleKey));
  const fresh = protect.filter((rule) => !coveredKeys.has(ruleKey(rule)));
  if (known && fresh.length === 0) return known;
  const wanted: Protected[] = [];
  for (const rule of fresh) wanted.push(await toProtected(context, rule));
  const found = await findProtected(vision, image, wanted, { signal, known });
  await keep(context, image.id, found, [...covered, ...fresh]);
  return found;
}

/** The same things stay protected in the picture that an edit made, at their new place where its frame changed. */
export async function carryProtection(context: ToolContext, { receipt, image }: Edit): Promise<void> {
  const known = context.workspace.protectionOf(receipt.before);
  if (!known) return;
  if (known.mask === null || !receipt.geometry) return context.workspace.keepProtection(image.id, known);
  const { mask } = await context.library.getMask(known.mask);
  const moved = await reframeMask(mask, receipt.geometry, context.signal);
  const covers = coveredBy(known, context.workspace.protect);
  await keep(context, image.id, { mask: moved, rules: known.rules }, covers);
}

async function keep(
  { workspace, library }: ToolContext,
  image: string,
  { mask, rules }: Protection,
  covers: readonly ProtectRule[],
): Promise<void> {
  const id = mask.area === 0 ? null : await library.putMask(mask);
  await workspace.keepProtection(image, { mask: id, rules: [...rules], covers: [...covers] });
}

const noPixels = ({ width, height }: Image): Mask => new Mask(width, height, new Uint8Array(width * height));

async function toProtected({ library }: ToolContext, rule: ProtectRule): Promise<Protected> {
  if (typeof rule === 'string' || !('mask' in rule)) return rule;
  return { mask: (await library.getMask(rule.mask)).mask };
}
