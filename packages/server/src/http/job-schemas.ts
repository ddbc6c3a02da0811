import { z } from '@hono/zod-openapi';
import { editSchema, plannedStepSchema, questionSchema } from './edit-schemas.ts';
import { jobErrorSchema, sessionIdSchema } from './schemas.ts';

const url = (description: string) => z.string().meta({ description });

export const jobUrlsSchema = z
  .object({
    self: url('The job: GET.'),
    events: url('Its events as Server-Sent Events: GET.'),
    webSocket: url('Its events over a WebSocket.'),
    cancel: url('Stops it: POST.'),
    answer: url('Answers what it asks: POST.'),
    chat: url('Its events as an AI SDK UI message stream: GET.'),
  })
  .openapi('JobUrls');

export const jobStateSchema = z.enum(['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled']);

/** A job, whatever its state: null where there is nothing yet. */
export const jobSchema = z
  .object({
    job_id: z.string(),
    session: sessionIdSchema,
    state: jobStateSchema.meta({ description: '`waiting`: a person is asked. The last three are final.' }),
    prompt: z.string(),
    language: z.enum(['en', 'ko']),
    image: z
      .string()
      .nullable()
      .meta({ description: 'Id of the picture that came with it; null: the one of its session.' }),
    imageUrl: z.string().nullable().meta({ description: 'Signed, read-only, valid for an hour.' }),
    createdAt: z.string(),
    startedAt: z.string().nullable(),
    finishedAt: z.string().nullable(),
    deadlineAt: z.string(),
    attempts: z.number().int().meta({ description: 'How often a worker began it or took it over.' }),
    lastSeq: z.number().int(),
    progress: z.number().meta({ description: '0..100' }),
    message: z.string().meta({ description: "For the person, in the job's language." }),
    question: z.union([questionSchema, z.null()]),
    answer: z.string().nullable(),
    verified: z.boolean().nullable(),
    changed: z.boolean().nullable(),
    outputImage: z.string().nullable(),
    output_image_url: z.string().nullable(),
    edits: z.array(editSchema).readonly().nullable(),
    notDone: z.array(plannedStepSchema).readonly().nullable(),
    error: z.union([jobErrorSchema, z.null()]),
    retryOf: z.string().nullable(),
    urls: jobUrlsSchema,
  })
  .openapi('Job');

export type JobUrls = z.infer<typeof jobUrlsSchema>;
export type JobView = z.infer<typeof jobSchema>;
