import { AtelierError } from '@atelier/sdk/errors';

/** Two at once would undo, or build on, what the other is about to do. */
export const atWork = (job: string): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: `The job ${job} of this session has not ended.`,
    hint: 'See it with job_status, answer what it asks with answer_job, or stop it with cancel_job.',
    isRetryable: true,
    details: { job },
  });

export const whichEdit = (edit: string | undefined): AtelierError =>
  edit === undefined
    ? new AtelierError({
        code: 'invalid-input',
        message: 'Which edit is to be undone was not said.',
        hint: 'Give `edit`: the id that the edit’s result has.',
      })
    : new AtelierError({
        code: 'not-found',
        message: `There is no edit ${edit.slice(0, 60)} here.`,
        hint: 'Use the id that the edit’s result has.',
      });

export const unknownSession = (id: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no session ${id.slice(0, 60)}.`,
    hint: 'Sessions are named by the results of edit_image.',
  });
