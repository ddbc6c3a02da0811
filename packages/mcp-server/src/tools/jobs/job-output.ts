import { z } from 'zod';

/**
 * What every job tool answers, as far as hosts are told beforehand: schemas are read with every request, and paid for. There is
 * more in it, see `jobReply`.
 */
export const jobOutputSchema = z.looseObject({
  state: z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled']),
  job: z.string(),
  image: z.string().optional(),
  needs: z.enum(['choice', 'approval']).optional(),
});

/** The same for the tool that most jobs begin with. */
export const editOutputSchema = jobOutputSchema.extend({
  session: z.string(),
  answer: z.string().optional(),
  verified: z.boolean().optional().describe('Every planned edit was made and confirmed'),
  edits: z.array(z.unknown()).optional(),
  notDone: z.array(z.string()).optional(),
});
