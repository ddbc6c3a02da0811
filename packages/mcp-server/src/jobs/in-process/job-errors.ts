import { AtelierError } from '@atelier/sdk/errors';
import type { JobState } from '../job-board.ts';

export const noSuchJob = (id: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no job ${id.slice(0, 60)}.`,
    hint: 'Use the job id of an earlier result. Jobs are forgotten a day after their end.',
  });

/** An answer that changes nothing any more. */
export const tooLate = (message: string): AtelierError =>
  new AtelierError({ code: 'conflict', message, hint: 'See job_status for what became of the job.' });

export const hasEnded = (state: JobState): AtelierError => tooLate(`The job has ended (${state}).`);

export const noPrompt = (): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: 'The request is empty.',
    hint: 'Say what to do: "remove the cup".',
  });

export const promptTooLong = (length: number, most: number): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `The request has ${length} characters; at most ${most} are taken.`,
    hint: 'Say it in fewer words, or in several requests.',
  });

export const tooManyJobs = (most: number): AtelierError =>
  new AtelierError({
    code: 'rate-limited',
    message: `${most} jobs have not ended yet.`,
    hint: 'Wait until some of them have ended, or cancel some.',
    isRetryable: true,
  });

export const closing = (): AtelierError =>
  new AtelierError({ code: 'server-unavailable', message: 'The server is stopping.', isRetryable: true });

export const notWritable = (cause: unknown): AtelierError =>
  new AtelierError({
    code: 'output-not-writable',
    message: 'The job could not be stored.',
    hint: 'The server’s folder must be writable and have room.',
    cause,
  });

export const behindQuestion = (job: string, question: string | undefined): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: `The job ${job} of this session waits for a person's answer.`,
    hint: 'See what it asks with job_status and hand the answer over with answer_job, or stop it with cancel_job.',
    isRetryable: true,
    details: { job, ...(question === undefined ? {} : { question }) },
  });
