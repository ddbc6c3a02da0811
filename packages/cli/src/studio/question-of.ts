import type { Candidate } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { z } from 'zod';

// Written out, because the SDK's own schema would load the whole SDK before the command line is even read.
const candidateSchema = z.object({
  number: z.number(),
  label: z.string(),
  score: z.number(),
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
}) satisfies z.ZodType<Candidate>;

const questionSchema = z.object({
  reason: z.enum(['ambiguous', 'no-match']),
  phrase: z.string(),
  candidates: z.array(candidateSchema).min(1),
});

/** The question inside an error that says that a person has to choose; undefined for any other error. */
export function questionOf(error: unknown): z.infer<typeof questionSchema> | undefined {
  return AtelierError.isInstance(error) ? questionSchema.safeParse(error.details).data : undefined;
}
