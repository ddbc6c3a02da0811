import type { z } from 'zod';
import { AtelierError } from '../../errors/atelier-error.ts';
import { Mask } from '../../image/mask.ts';
import { inSlices } from '../../image/slices.ts';
import type { protectedSchema } from '../shared/receipt.ts';

/** What was protected, and how many of it were found. */
export type ProtectedRules = z.infer<typeof protectedSchema>['rules'];

/** What edits of one picture must leave alone. */
export interface Protection {
  /** Same size as the picture; empty where nothing was found. */
  readonly mask: Mask;
  readonly rules: ProtectedRules;
}

/** The selected pixels that may change. Rejects with `protected` where none may. */
export async function withoutProtected(
  selected: Mask,
  protection: Protection | undefined,
  signal?: AbortSignal,
): Promise<Mask> {
  if (!protection || protection.mask.area === 0) return selected;
  checkProtectedSize(protection.mask, selected);
  const { width, height, data } = selected;
  const kept = protection.mask.data;
  const open = new Uint8Array(data.length);
  const sift = (from: number, to: number): void => {
    for (let at = from * width; at < to * width; at++) if (data[at] !== 0 && kept[at] === 0) open[at] = 1;
  };
  await inSlices(height, sift, { signal });
  const rest = new Mask(width, height, open);
  if (rest.area > 0 || selected.area === 0) return rest;
  throw new AtelierError({
    code: 'protected',
    message: `All of what would change is protected (${describeRules(protection.rules)}).`,
    hint: 'Choose another thing, or open a session without this protection.',
  });
}

/** Pixels of the protected mask in which two pictures of its size differ. Any of the four channels counts. */
export async function countChangedProtected(
  before: Uint8Array,
  after: Uint8Array,
  { mask }: Protection,
  signal?: AbortSignal,
): Promise<number> {
  if (mask.area === 0) return 0;
  const [old, now] = [Buffer.from(before.buffer, before.byteOffset, before.length), after];
  const stride = mask.width * 4;
  let changed = 0;
  const countRow = (y: number): void => {
    if (old.compare(now, y * stride, (y + 1) * stride, y * stride, (y + 1) * stride) === 0) return;
    for (let at = y * mask.width, pixel = y * stride; at < (y + 1) * mask.width; at++, pixel += 4) {
      if (mask.data[at] !== 0 && [0, 1, 2, 3].some((channel) => old[pixel + channel] !== now[pixel + channel]))
        changed++;
    }
  };
  const work = (from: number, to: number): void => {
    for (let y = from; y < to; y++) countRow(y);
  };
  await inSlices(mask.height, work, { signal });
  return changed;
}

export const describeRules = (rules: ProtectedRules): string =>
  rules.map(({ kind, phrase, found }) => `${phrase ?? kind}: ${found}`).join(', ');

/** Throws `mask-invalid` unless the protected mask fits the picture. */
export function checkProtectedSize(
  mask: Mask,
  { width, height }: { readonly width: number; readonly height: number },
): void {
  if (mask.width === width && mask.height === height) return;
  throw new AtelierError({
    code: 'mask-invalid',
    message: `The protected mask measures ${mask.width} x ${mask.height}, the picture ${width} x ${height}.`,
    hint: 'A mask has the size of the upright image it was made for.',
  });
}
