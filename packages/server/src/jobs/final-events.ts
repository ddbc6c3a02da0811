import type { Language } from '@atelier/sdk';
import { AtelierError, failureMessage } from '@atelier/sdk/errors';
import type { FinalEvent } from './job.ts';

const cancelled = new AtelierError({ code: 'cancelled', message: 'The job was cancelled.' });

/**
 * The last event of a job that ended outside of its run; it gets its number when it is stored. `message` is for the person, in
 * the job's language; the error's own words are for developers.
 */
export const failureEvent = (error: AtelierError, language: Language): FinalEvent => ({
  seq: 0,
  at: new Date().toISOString(),
  stage: 'answer',
  progress: 0,
  message: failureMessage(error, language),
  status: 'failure',
  error: error.toJSON(),
  step: null,
  outputImage: null,
  edits: [],
});

export const cancelledEvent = (language: Language): FinalEvent => ({
  seq: 0,
  at: new Date().toISOString(),
  stage: 'answer',
  progress: 0,
  message: failureMessage(cancelled, language),
  status: 'cancelled',
  outputImage: null,
  edits: [],
});
