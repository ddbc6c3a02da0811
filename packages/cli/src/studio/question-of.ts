import { AtelierError } from '@atelier/sdk/errors';
import { z } from 'zod';
import { candidateSchema } from '../json-output.ts';

const questionSchema = z.object({
  reason: z.enum(['ambiguous', 'no-match']),
  phrase: z.string(),
  candidates: z.array(candidateSchema).min(1),
});

/** The question inside an error that says that a person has to choose; undefined for any other error. */
export function questionOf(error: unknown): z.infer<typeof questionSchema> | undefined {
  return AtelierError.isInstance(error) ? questionSchema.safeParse(error.details).data : undefined;
}
