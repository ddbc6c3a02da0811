import { z } from 'zod';
import { capabilityNames } from '../capability.ts';

const count = z.number().int().nonnegative();

/** The receipt's one definition: stored sessions and the command line's JSON derive theirs from it. */
export const receiptSchema = z.object({
  capability: z.enum(capabilityNames),
  backend: z.string(),
  model: z.string(),
  seed: z.number().optional(),
  prompt: z.string().optional(),
  /** An adjustment's name and parameters. */
  operation: z
    .object({ name: z.string(), parameters: z.record(z.string(), z.unknown()).readonly() })
    .readonly()
    .optional(),
  /** Pixels that differ where the feathered alpha is 0: always 0. */
  changedOutsideMask: count,
  /** Pixels that differ where it is not 0. */
  changedInsideMask: count,
  /** Pixels: what was selected, and what the edit was allowed to touch after growing and feathering. */
  areas: z.object({ selected: count, edited: count }).readonly(),
  /** Image ids, which are hashes of the pixels, and the id of the edited mask. */
  before: z.string(),
  after: z.string(),
  mask: z.string(),
  /** `lossy` once the result was written in a form that does not keep every pixel. */
  encoding: z.enum(['lossless', 'lossy']),
});

/** The proof attached to an edit. Counts are made on decoded pixels, over the whole picture, after the edit. */
export type Receipt = Readonly<z.infer<typeof receiptSchema>>;

export const verificationSchema = z.object({
  ok: z.boolean(),
  /** The figure or the finding it rests on, or why nothing could be checked. */
  reason: z.string(),
  /** Backend and model that looked, `pixels`, or `nobody`. */
  by: z.string(),
});

/** What the second look found. `ok: false` is an honest answer, not an error. */
export type Verification = Readonly<z.infer<typeof verificationSchema>>;
