import { candidateSchema } from '@atelier/sdk';
import { z } from 'zod';

/** What went wrong, in every output of a command that failed. */
export const errorSchema = z.strictObject({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  details: z
    .looseObject({
      candidates: z.array(candidateSchema).optional(),
      /** The last lines of the program that failed. */
      lines: z.array(z.string()).optional(),
    })
    .optional(),
  /** The same command may succeed later. */
  isRetryable: z.boolean().optional(),
  /** The picture with the candidates numbered, where `--overlay` asked for it. */
  overlay: z.string().optional(),
});

/** How a command ended: a part of every output. */
export const outcome = {
  status: z.enum(['success', 'failure', 'cancelled']),
  durationMs: z.number().int().nonnegative(),
  error: errorSchema.optional(),
};

/** The same for commands that look at pictures: which backends they had. */
export const head = { ...outcome, backends: z.array(z.string()) };
