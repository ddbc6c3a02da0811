import { isFinal } from '../jobs/job.ts';
import { eventStream } from './event-stream.ts';
import { eventView } from './event-view.ts';
import type { RequestMetrics } from './request-metrics.ts';
import type { AppContext } from './route-context.ts';

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  // Proxies such as nginx hold answers back otherwise.
  'x-accel-buffering': 'no',
};

/** Where a watcher left off: what EventSource sends on its own goes before what its URL said at first. */
interface Position {
  readonly after?: number | undefined;
  readonly lastEventId?: number | undefined;
}

/** The answer to GET /jobs/{id}/events. Throws `not-found` before anything is sent. */
export async function jobEvents(
  c: AppContext,
  id: string,
  position: Position,
  metrics: RequestMetrics,
): Promise<Response> {
  const services = c.get('services');
  const { tenant } = c.get('principal');
  const origin = c.get('origin');
  const job = await services.jobs.get(tenant, id);
  // A seq that was never given would be waited for in vain.
  const after = Math.min(position.lastEventId ?? position.after ?? 0, job.lastSeq);
  if (isFinal(job.state) && after >= job.lastSeq) {
    // EventSource comes back after every end, unless it is told that there is nothing; others get a stream that ends.
    return position.lastEventId === undefined ? new Response('', { headers }) : new Response(null, { status: 204 });
  }
  const stopped = new AbortController();
  const signal = AbortSignal.any([c.req.raw.signal, stopped.signal]);
  metrics.streams.inc();
  const body = eventStream(services.jobs.events(tenant, id, { after, signal }), {
    view: (event) => eventView(services, origin, job, event),
    stop: () => stopped.abort(),
    onEnd: () => metrics.streams.dec(),
  });
  return new Response(body, { headers });
}
