import { isEnded, type JobView } from '../../jobs/job-board.ts';
import type { McpCall, ShownPicture, ToolReply } from '../mcp-tool.ts';
import { adviceOf } from './job-advice.ts';

/** A job as hosts are told it: what it waits for, what it made, and how to go on. */
export function jobReply(job: JobView, { settings }: Pick<McpCall, 'settings'>): ToolReply {
  return {
    output: { state: job.state, job: job.id, session: job.session, ...workOf(job), ...questionOf(job), ...endOf(job) },
    pictures: picturesOf(job),
    masks: isEnded(job) ? job.edits.map(({ mask }) => mask) : [],
    advice: adviceOf(job, settings.images),
  };
}

const workOf = (job: JobView) => ({
  ...(isEnded(job) ? {} : { progress: job.progress }),
  // Once it has succeeded, the answer says it; what failed says it in its error.
  ...(job.state === 'succeeded' || job.state === 'failed' ? {} : { message: job.message }),
});

function questionOf({ question }: JobView) {
  if (!question) return {};
  const { id, kind, reason } = question;
  const expiresAt = question.expiresAt === null ? {} : { expiresAt: question.expiresAt };
  const head = { needs: kind, question: id, reason, ...expiresAt };
  if (question.kind === 'approval') return head;
  const { phrase, candidates, overlay } = question;
  return { ...head, phrase, candidates, overlay };
}

function endOf({ state, image, answer, verified, edits, notDone, error }: JobView) {
  // Where nothing was to be edited there is nothing that was checked.
  const isOnlyLooking = edits.length === 0 && notDone.length === 0;
  return {
    ...(image === null ? {} : { image }),
    ...(answer === null ? {} : { answer }),
    ...(verified === null || (state === 'succeeded' && isOnlyLooking) ? {} : { verified }),
    ...(edits.length === 0 ? {} : { edits: edits.map(({ id, ...edit }) => ({ edit: id, ...edit })) }),
    ...(notDone.length === 0 ? {} : { notDone: notDone.map(({ message }) => message) }),
    ...(error === null ? {} : { error }),
  };
}

function picturesOf({ question, image, ...job }: JobView): readonly ShownPicture[] {
  if (question?.kind === 'choice') return [{ id: question.overlay, title: 'The candidates, numbered', hasLink: false }];
  if (question?.kind === 'approval')
    return question.image === null ? [] : [{ id: question.image, title: 'The picture it is about' }];
  return image !== null && isEnded(job) ? [{ id: image, title: 'The edited picture' }] : [];
}
