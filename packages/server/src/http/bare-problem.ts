import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { problemOf } from './errors.ts';

/** The answer where no route could be asked: the app could not be opened, or is closed. */
export function bareProblem(thrown: unknown, logger: Logger | undefined): Response {
  const requestId = randomUUID();
  const { status, error, unexpected } = problemOf(thrown);
  if (unexpected) logger?.error({ err: thrown, requestId }, 'a request failed unexpectedly');
  const headers = status === 503 ? { 'retry-after': '5' } : undefined;
  return Response.json({ error: { ...error, requestId } }, { status, ...(headers ? { headers } : {}) });
}
