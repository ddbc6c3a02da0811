import { AtelierError } from '@atelier/sdk/errors';

export const noSuchJob = (id: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no job ${id.slice(0, 80)}.`,
    hint: 'Use the job_id of the 202 answer.',
  });

export const noSuchQuestion = (id: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `The job asks no question ${id.slice(0, 80)}.`,
    hint: 'Use the id of its `question` event.',
  });

export const tooManyQueued = (limit: number): AtelierError =>
  new AtelierError({
    code: 'rate-limited',
    message: `${limit} jobs of yours wait already.`,
    hint: 'Wait until some of them have ended.',
    isRetryable: true,
    details: { queuedPerTenant: limit, retryAfterSeconds: 10 },
  });

export const keyUsedOtherwise = (): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: 'This Idempotency-Key was used for another request.',
    hint: 'Use a new key for each new request, and the same one only to send the same request again.',
  });

export const deadlineExceeded = (seconds: number): AtelierError =>
  new AtelierError({
    code: 'deadline-exceeded',
    message: `The job did not end within ${seconds} seconds.`,
    hint: 'Try it again, ask for less at once, or give it more time with deadlineSeconds. Edits made before stay made.',
    details: { deadlineSeconds: seconds },
  });

export const workerLost = (attempts: number): AtelierError =>
  new AtelierError({
    code: 'worker-lost',
    message: `The job was begun ${attempts} times and did not come to an end: processes that worked on it stopped in the middle.`,
    hint: 'Look into the logs of the workers; a smaller picture may help.',
    details: { attempts },
  });

export const endedWithoutWord = (): AtelierError =>
  new AtelierError({
    code: 'worker-lost',
    message: 'The process that worked on the job could not say how it ended.',
    hint: 'Try it again: POST /jobs/ID/retry. The log of the workers says more.',
  });

export const otherRelease = (cause?: unknown): AtelierError =>
  new AtelierError({
    code: 'worker-lost',
    message: 'The job was begun by another release, which worked in other steps.',
    hint: 'Try it again: POST /jobs/ID/retry.',
    cause,
  });
