import type { Question } from '@atelier/sdk';
import type { JobView } from '../../jobs/job-board.ts';
import { whichOneAdvice } from '../which-one.ts';

/** Seconds that a model is told to wait in one look at a job. */
const waitSeconds = 30;

/** How a model goes on from a job as it is now, and what it must not keep from the person. */
export function adviceOf(job: JobView, images: 'on' | 'off'): string {
  switch (job.state) {
    case 'queued':
    case 'running':
      return `Still at work: nothing is final. Call job_status ${json({ job: job.id, wait_seconds: waitSeconds })} to go on waiting, or cancel_job to stop it.`;
    case 'waiting':
      return job.question === null ? '' : askAdvice(job.id, job.question, images);
    case 'succeeded':
      return succeeded(job);
    case 'failed':
      return `It failed: tell the person so, and why. ${stays(job)}`;
    case 'cancelled':
      return `It was stopped before its end. ${stays(job)}`;
  }
}

function askAdvice(job: string, question: Question, images: 'on' | 'off'): string {
  const known = { job, question: question.id };
  if (question.kind === 'choice') {
    const call = `answer_job ${json({ ...known, choice: '?' }).replace('"?"', 'NUMBER')}`;
    const howToGoOn = `If they name one, call ${call}; if it is none of them, cancel_job.`;
    return `It waits for a person. ${whichOneAdvice(question, images, howToGoOn)}`;
  }
  const call = `answer_job ${json({ ...known, approved: true })}`;
  return `It waits for a person: nothing of this is done yet. Put the message to them. Then call ${call}, or with "approved": false if they say no.`;
}

function succeeded({ image, verified, edits, notDone }: JobView): string {
  const doubts = edits
    .filter((edit) => !edit.verified.ok)
    .map((edit) => `${edit.label ?? edit.tool}: ${edit.verified.reason}`);
  const lines = [
    ...(image === null ? ['The picture was not changed.'] : []),
    ...(doubts.length > 0 ? [`Tell the person that the check did not confirm this: ${doubts.join(' ')}`] : []),
    ...(notDone.length > 0
      ? [`Tell the person what was not done: ${notDone.map(({ message }) => message).join('; ')}.`]
      : []),
  ];
  const latest = edits.at(-1);
  if (!latest && image !== null) lines.push(`The picture is now ${image}.`);
  if (latest && verified && lines.length === 0) lines.push('Every edit was checked and confirmed.');
  if (latest) lines.push(`To take the last edit back: undo_edit ${json({ edit: latest.id })}.`);
  return lines.join(' ');
}

/** What became of the picture, for a job that did not come to its end. */
export function stays({ image, edits }: Pick<JobView, 'image' | 'edits'>): string {
  if (image === null) return 'The picture was not changed.';
  const made =
    edits.length === 1 ? 'One edit was made before and stays' : `${edits.length} edits were made before and stay`;
  return `${made}: the picture is now ${image}.`;
}

const json = (value: object): string => JSON.stringify(value);
