import type { Language } from '@atelier/sdk';
import type { AtelierError } from '@atelier/sdk/errors';
import type { FinalEvent } from './job.ts';

const cancelledMessage = { en: 'Cancelled.', ko: '취소했습니다.' } as const;

/** The last event of a job that ended outside of its run. It gets its number when it is stored. */
export const failureEvent = (error: AtelierError): FinalEvent => ({
  seq: 0,
  at: new Date().toISOString(),
  stage: 'answer',
  progress: 0,
  message: error.message,
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
  message: cancelledMessage[language],
  status: 'cancelled',
  outputImage: null,
  edits: [],
});
