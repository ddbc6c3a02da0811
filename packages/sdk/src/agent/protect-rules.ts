import type { Library } from '../assets/library.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import { type ProtectRule, protectRuleSchema } from '../history/session-record.ts';
import type { Box } from '../image/geometry.ts';
import { Mask } from '../image/mask.ts';
import type { RleMask } from '../image/rle.ts';

/** Every face, all text, what a phrase names, a box in pixels, or a mask. */
export type ProtectInput = 'faces' | 'text' | { readonly phrase: string } | Box | Mask | RleMask;

/** What a caller wants protected, as a session keeps it: masks by their ids. Throws `invalid-input`. */
export async function toRules(inputs: readonly ProtectInput[], library: Library): Promise<readonly ProtectRule[]> {
  const rules: ProtectRule[] = [];
  for (const input of inputs) rules.push(await toRule(input, library));
  return rules;
}

async function toRule(input: ProtectInput, library: Library): Promise<ProtectRule> {
  if (input instanceof Mask) return { mask: await library.putMask(input) };
  if (typeof input === 'object' && 'counts' in input) return { mask: await library.putMask(Mask.fromRle(input)) };
  const parsed = protectRuleSchema.safeParse(typeof input === 'object' && 'width' in input ? { box: input } : input);
  if (parsed.success) return parsed.data;
  throw new AtelierError({
    code: 'invalid-input',
    message: `This cannot be protected: ${JSON.stringify(input)}.`,
    hint: "Use 'faces', 'text', { phrase }, a box { x, y, width, height } in pixels, or a mask.",
  });
}
