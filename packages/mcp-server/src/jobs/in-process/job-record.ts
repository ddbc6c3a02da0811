import type { AtelierErrorCode } from '@atelier/sdk';
import { AtelierError, failureMessage } from '@atelier/sdk/errors';
import { candidateSchema, verificationSchema } from '@atelier/sdk/tools';
import { z } from 'zod';
import type { JobView } from '../job-board.ts';

const expiresAt = z.string().nullable();

const questionSchema = z.discriminatedUnion('kind', [
  z.object({
    id: z.string(),
    kind: z.literal('choice'),
    reason: z.enum(['ambiguous', 'no-match']),
    phrase: z.string(),
    candidates: z.array(candidateSchema),
    overlay: z.string(),
    expiresAt,
  }),
  z.object({
    id: z.string(),
    kind: z.literal('approval'),
    tool: z.string(),
    input: z.record(z.string(), z.unknown()),
    reason: z.enum(['asked', 'not-planned']),
    image: z.string().nullable(),
    expiresAt,
  }),
]);

/** What became of a question: a person's answer, or null where none came in time. */
export const settledSchema = z
  .union([z.object({ choice: z.number() }), z.object({ approved: z.boolean(), reason: z.string().optional() })])
  .nullable();
export type Settled = z.infer<typeof settledSchema>;

const ownerSchema = z.object({ id: z.string(), host: z.string(), pid: z.number().int() });
/** The process that works on a job. */
export type JobOwner = z.infer<typeof ownerSchema>;

const stepSchema = z.object({
  id: z.string(),
  tool: z.string(),
  target: z.string().optional(),
  conditional: z.boolean().optional(),
  message: z.string(),
});

const editSchema = z.object({
  id: z.string(),
  tool: z.string(),
  label: z.string().optional(),
  image: z.string(),
  mask: z.string(),
  changedOutsideMask: z.number(),
  verified: verificationSchema,
});

/** A job as it is stored. Its owner alone writes it. */
export const jobRecordSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  owner: ownerSchema,
  language: z.enum(['en', 'ko']),
  /** Milliseconds since 1970. */
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  /** By question id. */
  answers: z.record(z.string(), settledSchema),
  session: z.string(),
  prompt: z.string(),
  state: z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled']),
  progress: z.number(),
  message: z.string(),
  question: questionSchema.nullable(),
  answer: z.string().nullable(),
  image: z.string().nullable(),
  verified: z.boolean().nullable(),
  edits: z.array(editSchema).readonly(),
  notDone: z.array(stepSchema).readonly(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).nullable(),
});
export type JobRecord = z.infer<typeof jobRecordSchema>;

/** A job as others see it. */
export function viewOf({
  format: _format,
  owner: _owner,
  language: _language,
  createdAt: _createdAt,
  endedAt: _endedAt,
  answers: _answers,
  ...view
}: JobRecord): JobView {
  return view;
}

/** What a job becomes that failed. What it has done so far stays told. */
export const failedAs = (error: FailureJson, language: JobRecord['language']) =>
  ({
    state: 'failed',
    question: null,
    verified: false,
    message: failureMessage(error, language),
    error: { code: error.code, message: error.message, ...(error.hint === undefined ? {} : { hint: error.hint }) },
  }) as const satisfies Partial<JobRecord>;

/** What a job becomes that somebody stopped. */
export const cancelledAs = (language: JobRecord['language']) =>
  ({
    state: 'cancelled',
    question: null,
    verified: false,
    message: failureMessage(cancelled, language),
  }) as const satisfies Partial<JobRecord>;

const cancelled = new AtelierError({ code: 'cancelled', message: 'The job was cancelled.' });

interface FailureJson {
  readonly code: AtelierErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** The view of a job whose process is gone. */
export const lostView = (record: JobRecord): JobView => ({
  ...viewOf(record),
  ...failedAs(workerLost(), record.language),
});

const workerLost = (): AtelierError =>
  new AtelierError({
    code: 'worker-lost',
    message: 'The process that worked on the job is gone.',
    hint: 'Start it again. Edits made before stay made.',
  });

export const stopped = (): AtelierError =>
  new AtelierError({
    code: 'worker-lost',
    message: 'The server was stopped before the job had ended.',
    hint: 'Start it again. Edits made before stay made.',
  });
