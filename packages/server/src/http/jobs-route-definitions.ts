import { createRoute, z } from '@hono/zod-openapi';
import { jobEventSchema } from './event-schemas.ts';
import { invokeForm, invokeSchema } from './invoke-schema.ts';
import { jobSchema, jobStateSchema, jobUrlsSchema } from './job-schemas.ts';
import { errorResponses, jobIdSchema, nextSchema, pageQuery, sessionIdSchema, textSchema } from './schemas.ts';

const tags = ['Jobs'];
const params = z.object({ id: jobIdSchema });
/** Said to be an integer: what is coerced counts as nullable otherwise. */
const seq = z.coerce.number().int().min(0).max(2_147_483_647).openapi({ type: 'integer' });

const oneJob = {
  200: { description: 'The job.', content: { 'application/json': { schema: jobSchema } } },
  ...errorResponses,
};

export const acceptedSchema = z
  .object({ status: z.literal('processing'), job_id: z.string(), session: sessionIdSchema, urls: jobUrlsSchema })
  .openapi('Accepted');

const accepted = {
  202: {
    description: 'Accepted, and kept: it ends in exactly one final state, whatever happens to this server.',
    headers: { Location: { schema: { type: 'string' as const }, description: 'URL of the job.' } },
    content: { 'application/json': { schema: acceptedSchema } },
  },
  ...errorResponses,
};

const idempotencyHeaders = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'is not 1 to 255 visible ASCII characters without spaces, such as a UUID')
    .optional()
    .meta({ description: 'Of several requests with one key, one makes a job; all get its answer.' }),
});

export const invokeRoute = createRoute({
  method: 'post',
  path: '/agent/invoke',
  tags,
  summary: 'Start a job',
  description:
    'Says what is to be done with a picture. Answers at once; watch the job by its events. Without a picture, the request is about the current one of its session.',
  request: {
    headers: idempotencyHeaders,
    body: {
      required: true,
      content: { 'application/json': { schema: invokeSchema }, 'multipart/form-data': invokeForm },
    },
  },
  responses: accepted,
});

export const getJobRoute = createRoute({
  method: 'get',
  path: '/jobs/{id}',
  tags,
  summary: 'A job',
  description: 'Has an ETag: send it as `If-None-Match` to ask cheaply whether there is something new.',
  request: { params },
  responses: { ...oneJob, 304: { description: 'Nothing new since the answer with that ETag.' } },
});

export const listJobsRoute = createRoute({
  method: 'get',
  path: '/jobs',
  tags,
  summary: 'Your jobs, newest first',
  request: {
    query: z.object({
      ...pageQuery(20),
      state: jobStateSchema.optional(),
      session: sessionIdSchema.optional(),
    }),
  },
  responses: {
    200: {
      description: 'A page.',
      content: {
        'application/json': {
          schema: z.object({ jobs: z.array(jobSchema), next: nextSchema }).openapi('JobPage'),
        },
      },
    },
    ...errorResponses,
  },
});

export const cancelJobRoute = createRoute({
  method: 'post',
  path: '/jobs/{id}/cancel',
  tags,
  summary: 'Stop a job',
  description: 'Edits made before stay made. A job that has ended stays as it is; asking twice is asking once.',
  request: { params },
  responses: oneJob,
});

const answerSchema = z
  .union([
    z.strictObject({
      question: textSchema(200),
      choice: z.int().min(1).max(1_000_000).meta({ description: 'The number of a candidate.' }),
    }),
    z.strictObject({
      question: textSchema(200),
      approved: z.boolean(),
      reason: textSchema(1000).optional().meta({ description: 'For the brain, where it is refused.' }),
    }),
  ])
  .openapi('Answer');

export const answerJobRoute = createRoute({
  method: 'post',
  path: '/jobs/{id}/answer',
  tags,
  summary: 'Answer what a job asks',
  description: '`question` is the id of the question. The same answer twice is one answer.',
  request: { params, body: { required: true, content: { 'application/json': { schema: answerSchema } } } },
  responses: oneJob,
});

export const retryJobRoute = createRoute({
  method: 'post',
  path: '/jobs/{id}/retry',
  tags,
  summary: 'Try a job again',
  description:
    'A new job with the same request, for one that failed or was cancelled. Asking again while that job has not ended is asking once.',
  request: { params, headers: idempotencyHeaders },
  responses: accepted,
});

export const ticketRoute = createRoute({
  method: 'post',
  path: '/jobs/{id}/ticket',
  tags,
  summary: 'A ticket for the events of a job',
  description: 'For browsers, whose WebSocket and EventSource send no headers. Good for a minute, for this job alone.',
  request: { params },
  responses: {
    200: {
      description: 'The ticket, and where to use it.',
      content: {
        'application/json': {
          schema: z
            .object({ ticket: z.string(), expiresAt: z.string(), webSocket: z.string(), events: z.string() })
            .openapi('Ticket'),
        },
      },
    },
    ...errorResponses,
  },
});

export const eventsRoute = createRoute({
  method: 'get',
  path: '/jobs/{id}/events',
  tags,
  summary: 'The events of a job, as they happen',
  description:
    'Server-Sent Events: first what was, then what happens, until the final event. Stored events have their `seq` as id; come back with it (`Last-Event-ID`, or `after`) and nothing is missed or repeated.',
  request: {
    params,
    query: z.object({
      after: seq.optional().meta({ description: 'Only events with a higher `seq`. Default 0: all.' }),
      ticket: z.string().max(2048).optional().meta({ description: 'In place of a key: POST /jobs/{id}/ticket.' }),
    }),
    headers: z.object({
      'last-event-id': seq.optional().meta({ description: 'Sent by EventSource. Goes before `after`.' }),
    }),
  },
  responses: {
    200: {
      description: '`data` of each message is one JSON object.',
      content: { 'text/event-stream': { schema: jobEventSchema } },
    },
    204: { description: 'There is nothing after `Last-Event-ID`: EventSource stops coming back.' },
    ...errorResponses,
  },
});
