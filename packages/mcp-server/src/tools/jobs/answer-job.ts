import type { Question, QuestionAnswer } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { z } from 'zod';
import { appMeta } from '../../apps/app-meta.ts';
import { isEnded, type JobView } from '../../jobs/job-board.ts';
import { mcpTool } from '../mcp-tool.ts';
import { handOver, pendingOf } from './ask-person.ts';
import { workOnJob } from './follow-job.ts';
import { jobOutputSchema } from './job-output.ts';

const answerInputSchema = z.object({
  job: z.string().min(1).max(200),
  question: z.string().min(1).max(200).optional().describe('Its id. Default: the open one'),
  choice: z.number().int().positive().optional(),
  approved: z.boolean().optional(),
  reason: z.string().max(500).optional(),
});

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
    else await answer(input, call.workshop.jobs);
    return workOnJob(pending?.job ?? input.job, call);
  },
});

type Jobs = Parameters<typeof answerJob.handle>[1]['workshop']['jobs'];

async function answer(input: z.output<typeof answerInputSchema>, jobs: Jobs): Promise<void> {
  const job = await jobs.get(input.job);
  const question = input.question ?? job.question?.id;
  if (question === undefined) throw nothingToAnswer(job);
  await jobs.answer(input.job, question, givenAnswer(input, job.question));
}

function givenAnswer(
  { choice, approved, reason }: z.output<typeof answerInputSchema>,
  question: Question | null,
): QuestionAnswer {
  if (choice !== undefined && approved === undefined) return { choice };
  if (approved !== undefined && choice === undefined) return { approved, reason };
  const wanted = question?.kind === 'approval' ? '`approved`' : question ? '`choice`' : '`choice` or `approved`';
  throw new AtelierError({
    code: 'invalid-input',
    message: 'The answer must be either a choice or an approval.',
    hint: `Give ${wanted}, as the person said it.`,
  });
}

const nothingToAnswer = (job: JobView): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: isEnded(job) ? `The job has ended (${job.state}).` : 'The job does not wait for an answer.',
    hint: 'See job_status for what became of it.',
  });
