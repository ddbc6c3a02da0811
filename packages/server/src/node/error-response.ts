import { randomUUID } from 'node:crypto';
import { RequestError } from '@hono/node-server';
import type { Logger } from 'pino';
import { bareProblem } from '../http/bare-problem.ts';

/** The answer where the app was not even asked: what came is no request, or the app could not be opened. */
export function errorResponse(thrown: unknown, logger: Logger): Response {
  if (!(thrown instanceof RequestError)) return bareProblem(thrown, logger);
  const error = { code: 'invalid-input', message: 'This is no request that can be read.', requestId: randomUUID() };
  return Response.json({ error }, { status: 400, headers: { connection: 'close' } });
}
