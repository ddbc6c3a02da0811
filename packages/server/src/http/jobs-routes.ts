import type { JobRecord } from '../jobs/job.ts';
import { invoke } from './invoke.ts';
import { jobEvents } from './job-events.ts';
import { jobUrls, jobView } from './job-view.ts';
import {
  answerJobRoute,
  cancelJobRoute,
  eventsRoute,
  getJobRoute,
  invokeRoute,
  listJobsRoute,
  retryJobRoute,
  ticketRoute,
} from './jobs-route-definitions.ts';
import type { RequestMetrics } from './request-metrics.ts';
import type { AppContext, AtelierHono } from './route-context.ts';

/** POST /agent/invoke, and everything under /jobs. */
export function registerJobRoutes(app: AtelierHono, metrics: RequestMetrics): void {
  // Two types of body: `invoke` reads both, so that the framework does not ask a form for JSON.
  app.openAPIRegistry.registerPath(invokeRoute);
  app.post(invokeRoute.getRoutingPath(), async (c) => {
    const { job, created } = await invoke(c);
    return accepted(c, job, created ? {} : { 'idempotency-replayed': 'true' });
  });
  app.openapi(listJobsRoute, async (c) => {
    const { jobs, next } = await jobsOf(c).list(tenantOf(c), c.req.valid('query'));
    return c.json({ jobs: jobs.map((job) => view(c, job)), next }, 200);
  });
  app.openapi(getJobRoute, async (c) => {
    const job = await jobsOf(c).get(tenantOf(c), c.req.valid('param').id);
    const tag = tagOf(job);
    c.header('etag', tag);
    c.header('cache-control', 'private, no-cache');
    if (c.req.header('if-none-match')?.includes(tag)) return c.body(null, 304);
    return c.json(view(c, job), 200);
  });
  registerActions(app);
  app.openapi(eventsRoute, (c) => {
    const after = c.req.valid('query').after;
    return jobEvents(
      c,
      c.req.valid('param').id,
      { after, lastEventId: c.req.valid('header')['last-event-id'] },
      metrics,
    );
  });
}

function registerActions(app: AtelierHono): void {
  app.openapi(cancelJobRoute, async (c) =>
    c.json(view(c, await jobsOf(c).cancel(tenantOf(c), c.req.valid('param').id)), 200),
  );
  app.openapi(answerJobRoute, async (c) => {
    const { question, ...answer } = c.req.valid('json');
    return c.json(view(c, await jobsOf(c).answer(tenantOf(c), c.req.valid('param').id, question, answer)), 200);
  });
  app.openapi(retryJobRoute, async (c) => {
    const key = c.req.valid('header')['idempotency-key'];
    return accepted(c, await jobsOf(c).retry(tenantOf(c), c.req.valid('param').id, key));
  });
  app.openapi(ticketRoute, async (c) => {
    const { id } = await jobsOf(c).get(tenantOf(c), c.req.valid('param').id);
    const { ticket, expiresAt } = c.get('services').signer.ticket(c.get('principal'), id);
    const { webSocket, events } = jobUrls(c.get('origin'), id);
    const query = `?${new URLSearchParams({ ticket })}`;
    return c.json({ ticket, expiresAt, webSocket: webSocket + query, events: events + query }, 200);
  });
}

const jobsOf = (c: AppContext) => c.get('services').jobs;
const tenantOf = (c: AppContext): string => c.get('principal').tenant;
const view = (c: AppContext, job: JobRecord) => jobView(c.get('services'), c.get('origin'), job);

function accepted(c: AppContext, job: JobRecord, headers: Record<string, string> = {}) {
  const urls = jobUrls(c.get('origin'), job.id);
  const body = { status: 'processing' as const, job_id: job.id, session: job.session, urls };
  return c.json(body, 202, { location: urls.self, ...headers });
}

/** Half the life of signed URLs: an answer that is kept because nothing is new must not hold dead ones. */
const urlRoundMs = 30 * 60 * 1000;

const tagOf = ({ state, lastSeq, attempts }: JobRecord): string =>
  `W/"${state}-${lastSeq}-${attempts}-${Math.floor(Date.now() / urlRoundMs)}"`;
