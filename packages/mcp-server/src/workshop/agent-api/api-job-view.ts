import type { Question } from '@atelier/sdk';
import type { Job } from '@atelier/server/client';
import { isEnded, type JobEdit, type JobView } from '../../jobs/job-board.ts';

/** A job of the API as the board shows it. */
export function jobView(job: Job): JobView {
  const { job_id: id, session, prompt, state, progress, message, answer, error } = job;
  return {
    id,
    session,
    prompt,
    state,
    progress,
    message,
    question: state === 'waiting' ? questionOf(job.question) : null,
    answer,
    image: job.outputImage,
    verified: isEnded({ state }) ? (job.verified ?? false) : null,
    edits: (job.edits ?? []).map(editOf),
    notDone: job.notDone ?? [],
    error: error && { code: error.code, message: error.message, hint: error.hint },
  };
}

/** Without the signed addresses: pictures are named by their ids here. */
function questionOf(question: Job['question']): Question | null {
  if (question?.kind === 'choice') {
    const { overlayUrl: _address, ...choice } = question;
    return choice;
  }
  if (question?.kind === 'approval') {
    const { previewUrl: _address, ...approval } = question;
    return approval;
  }
  return null;
}

const editOf = ({ id, tool, label, receipt, verified }: NonNullable<Job['edits']>[number]): JobEdit => ({
  id,
  tool,
  ...(label === undefined ? {} : { label }),
  image: receipt.after,
  mask: receipt.mask,
  changedOutsideMask: receipt.changedOutsideMask,
  verified,
});
