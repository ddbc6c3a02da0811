import type { QuestionAnswer } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { z } from 'zod';
import { appMeta } from '../../apps/app-meta.ts';
import { mcpTool } from '../mcp-tool.ts';
import { handOver, pendingOf } from './ask-person.ts';
import { workOnJob } from './follow-job.ts';
import { jobOutputSchema } from './job-output.ts';

const answerInputSchema = z.object({
  job: z.string().min(1).max(200),
  question: z.string().min(1).max(200).describe('Its id, from the reply that asked'),
  choice: z.number().int().positive().optional(),
  approved: z.boolean().optional(),
  reason: z.string().max(500).optional(),
});

/** The same call again is harmless: it names the question, so it never answers the next one. */
export const answerJob = mcpTool({
  name: 'answer_job',
  title: 'Answer a job',
  description: "Hands a person's answer to a job that waits (choice or approved), then waits for its end.",
  annotations: { readOnlyHint: false, idempotentHint: true, destructiveHint: false, openWorldHint: false },
  scope: 'edit',
  inputSchema: answerInputSchema,
  outputSchema: jobOutputSchema,
  meta: appMeta,
  handle: async (input, call) => {
    const pending = pendingOf(call);
    if (pending) await handOver(pending, call);
    else await call.workshop.jobs.answer(input.job, input.question, answerIn(input));
    return workOnJob(pending?.job ?? input.job, call);
  },
});

function answerIn({ choice, approved, reason }: z.output<typeof answerInputSchema>): QuestionAnswer {
  if (choice !== undefined && approved === undefined) return { choice };
  if (approved !== undefined && choice === undefined) return { approved, reason };
  throw new AtelierError({
    code: 'invalid-input',
    message: 'The answer must be either a choice or an approval.',
    hint: 'Give `choice` for "which one?", `approved` for "may I?", as the person said it.',
  });
}
