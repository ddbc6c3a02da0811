import { randomUUID } from 'node:crypto';
import { RequestError } from '@hono/node-server';
import type { Logger } from 'pino';
import { problemOf } from '../http/errors.ts';

/** The answer where the app was not even asked: what came is no request, or the app could not be opened. */
export function errorResponse(thrown: unknown, logger: Logger): Response {
  const requestId = randomUUID();
  if (thrown instanceof RequestError) {
    const error = { code: 'invalid-input', message: 'This is no request that can be read.', requestId };
    return Response.json({ error }, { status: 400, headers: { connection: 'close' } });
  }
  const { status, error, unexpected } = problemOf(thrown);
  if (unexpected) logger.error({ err: thrown, requestId }, 'a request failed unexpectedly');
  const headers = status === 503 ? { 'retry-after': '5' } : undefined;
  return Response.json({ error: { ...error, requestId } }, { status, ...(headers ? { headers } : {}) });
}
