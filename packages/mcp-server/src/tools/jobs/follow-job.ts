import { AtelierError, type AtelierErrorCode } from '@atelier/sdk/errors';
import type { InputRequiredResult } from '@modelcontextprotocol/server';
import type { JobView } from '../../jobs/job-board.ts';
import type { McpCall, ToolReply } from '../mcp-tool.ts';
import { askPerson } from './ask-person.ts';
import { stays } from './job-advice.ts';
import { jobReply } from './job-reply.ts';

/** Until a job ends, waits for a person or the time is over; what it does is told as progress. */
export const watchJob = (job: string, { workshop, signal, tell }: McpCall, timeoutMs: number): Promise<JobView> =>
  workshop.jobs.follow(job, { signal, timeoutMs, onChange: ({ progress, message }) => tell(progress / 100, message) });

/** The same for a call that does the work: whoever stops the call stops the model; whoever is only cut off finds the job by its id. */
export async function workOnJob(job: string, call: McpCall): Promise<ToolReply | InputRequiredResult> {
  const view = await watchJob(job, call, call.settings.waitMs).catch(async (error: unknown) => {
    // What it was stopped with is what is told, whether or not the job could be.
    if (call.signal.aborted && call.abortMeans === 'stop') await call.workshop.jobs.cancel(job).catch(() => {});
    throw error;
  });
  if (view.error) throw failureOf(view);
  return view.question && call.people.canAsk ? askPerson(view, view.question, call) : jobReply(view, call);
}

/** A job's failure, with what became of the picture. */
function failureOf(job: JobView): AtelierError {
  const { code, message, hint } = job.error ?? { code: 'backend-failed', message: job.message };
  const { id, session, image, edits } = job;
  return new AtelierError({
    // Jobs behind an agent API fail with the SDK's codes too; one of a newer release is passed on as it is.
    code: code as AtelierErrorCode,
    message,
    hint: [...(hint === undefined ? [] : [hint]), stays(job)].join(' '),
    details: { job: id, session, ...(image === null ? {} : { image, edits: edits.map((edit) => edit.id) }) },
  });
}
