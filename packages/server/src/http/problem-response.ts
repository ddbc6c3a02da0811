import { problemOf } from './errors.ts';
import type { AppContext } from './route-context.ts';

/** Seconds after which it is worth trying again, where the error does not say. */
const defaultRetrySeconds = 5;

/** The answer for anything that was thrown. What nobody expected, and why something behind failed, goes to the log. */
export function problemResponse(c: AppContext, thrown: unknown): Response {
  const { status, error, unexpected } = problemOf(thrown, { authenticated: c.get('principal') !== undefined });
  const requestId = c.get('requestId');
  const { logger } = c.get('services');
  if (unexpected) logger.error({ err: thrown, requestId }, 'a request failed unexpectedly');
  // Answers say little of what is behind this server: the operator finds the rest here.
  else if (status >= 500) logger.warn({ err: thrown, requestId, status }, 'a request failed');
  const headers = new Headers({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  if (status === 401) headers.set('www-authenticate', 'Bearer realm="atelier"');
  if (status === 429 || status === 503) headers.set('retry-after', String(retrySeconds(error.details)));
  // The rest of a body that comes too slowly is not waited for.
  if (status === 408) headers.set('connection', 'close');
  return new Response(JSON.stringify({ error: { ...error, requestId } }), { status, headers });
}

function retrySeconds(details: Readonly<Record<string, unknown>> | undefined): number {
  const seconds = details?.retryAfterSeconds;
  return typeof seconds === 'number' && seconds > 0 ? Math.ceil(seconds) : defaultRetrySeconds;
}
