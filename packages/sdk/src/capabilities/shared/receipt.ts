import { z } from 'zod';
import { boxSchema } from '../../image/geometry.ts';
import { capabilityNames } from '../capability.ts';

const count = z.number().int().nonnegative();

const size = z.object({ width: count, height: count }).readonly();

/** How the frame of a picture changed: turned about its centre, then cut down. No pixel was painted. */
export const geometrySchema = z
  .object({
    from: size,
    to: size,
    /** Degrees, clockwise. */
    angle: z.number(),
    /** What was kept, in pixels of the turned picture; its origin is `from`'s top-left corner, its centre `from`'s centre. */
    crop: boxSchema,
  })
  .readonly();
export type FrameGeometry = z.infer<typeof geometrySchema>;

/** What an edit had to leave alone, and that it did. */
export const protectedSchema = z
  .object({
    /** One entry a rule: what was protected, and how many of it were found in the picture. */
    rules: z
      .array(
        z.object({
          kind: z.enum(['faces', 'text', 'phrase', 'box', 'mask']),
          phrase: z.string().optional(),
          found: count,
        }),
      )
      .readonly(),
    /** Pixels that were protected. */
    area: count,
    /** Pixels among them that differ from before: always 0. */
    changed: count,
  })
  .readonly();

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
  /** For edits of the frame (crop, straighten): in place of counts through a mask. */
  geometry: geometrySchema.optional(),
  /** In a session that protects something. */
  protected: protectedSchema.optional(),
  /** For the second attempt after a first one that failed its check: why it failed, and what was changed. */
  retry: z.object({ reason: z.string(), change: z.string() }).readonly().optional(),
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
