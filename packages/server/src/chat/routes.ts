import { safeNamePattern } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { createRoute, z } from '@hono/zod-openapi';
import { createUIMessageStreamResponse } from 'ai';
import { eventView } from '../http/event-view.ts';
import { jobView } from '../http/job-view.ts';
import type { AppContext, AtelierHono } from '../http/route-context.ts';
import { errorResponses } from '../http/schemas.ts';
import type { JobEvent } from '../jobs/events.ts';
import { isFinal, type JobRecord } from '../jobs/job.ts';
import type { Services } from '../services.ts';
import { chatRequestSchema } from './chat-request.ts';
import { startTurn } from './start-turn.ts';
import { uiMessageStream } from './ui-stream.ts';

const streamed = {
  description:
    'The AI SDK UI message stream, with the parts data-job, data-plan, data-progress, data-question, data-image.',
  headers: {
    'x-vercel-ai-ui-message-stream': { schema: { type: 'string' as const, enum: ['v1'] }, description: 'v1' },
  },
  content: { 'text/event-stream': { schema: { type: 'string' as const } } },
};

const chat = createRoute({
  method: 'post',
  path: '/chat',
  tags: ['Chat'],
  summary: 'Make a job of the last message of a chat, and watch it',
  description:
    'For `useChat` of the AI SDK: takes what `DefaultChatTransport` sends. The job goes on where the stream breaks; stop it with POST /jobs/{id}/cancel. Questions are answered with POST /jobs/{id}/answer.',
  request: { body: { required: true, content: { 'application/json': { schema: chatRequestSchema } } } },
  responses: { 200: streamed, ...errorResponses },
});

const resume = createRoute({
  method: 'get',
  path: '/chat/{id}/stream',
  tags: ['Chat'],
  summary: 'Watch a job again, from its first event',
  request: {
    params: z.object({
      id: z
        .string()
        .regex(safeNamePattern)
        .openapi({
          param: { name: 'id', in: 'path' },
          description: "A job's id, or the id of a chat: its latest job that has not ended.",
          example: 'session_1',
        }),
    }),
  },
  responses: { 200: streamed, 204: { description: 'Nothing is going on in this chat.' }, ...errorResponses },
});

/** POST /chat, GET /chat/{id}/stream. */
export function registerChatRoutes(app: AtelierHono): void {
  app.openapi(chat, async (c) => {
    const { services, origin, principal } = c.var;
    const context = { services, origin, tenant: principal.tenant, signal: c.req.raw.signal };
    const { job, created } = await startTurn(context, c.req.valid('json'));
    return stream(c, job, created);
  });
  app.openapi(resume, async (c) => {
    const job = await findJob(c.get('services'), c.get('principal').tenant, c.req.valid('param').id);
    return job ? stream(c, job, false) : c.body(null, 204);
  });
}

/** The job of this id; else the latest one of this session that has not ended. */
async function findJob({ jobs }: Services, tenant: string, id: string): Promise<JobRecord | undefined> {
  const named = await jobs.get(tenant, id).catch((error: unknown) => {
    if (AtelierError.isInstance(error) && error.code === 'not-found') return undefined;
    throw error;
  });
  if (named) return named;
  const { jobs: latest } = await jobs.list(tenant, { session: id, limit: 20 });
  return latest.find(({ state }) => !isFinal(state));
}

function stream(c: AppContext, record: JobRecord, isFresh: boolean): Response {
  const { services, origin, principal } = c.var;
  const left = new AbortController();
  const signal = AbortSignal.any([c.req.raw.signal, left.signal]);
  const job = jobView(services, origin, record);
  const events = services.jobs.events(principal.tenant, record.id, { signal });
  const stream = uiMessageStream(
    views(events, (event) => eventView(services, origin, record, event)),
    {
      job,
      isFresh,
      onCancel: () => left.abort(),
    },
  );
  return createUIMessageStreamResponse({ stream, keepAliveMs: 15_000 });
}

async function* views<View>(events: AsyncIterable<JobEvent>, view: (event: JobEvent) => View): AsyncGenerator<View> {
  for await (const event of events) yield view(event);
}
