import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuseUpgrade } from './refuse-upgrade.ts';

const code = 'server-unavailable';
const message = 'The server is starting.';
const retryAfter = 2;

/** Answers every request while there is no app yet: 503, and 200 for /healthz, since the process lives. */
export function answerStarting({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const [path] = url.split('?');
  const isAlive = path === '/healthz';
  const error = { code, message, hint: `Try again in ${retryAfter} seconds.`, requestId: randomUUID() };
  const body = isAlive
    ? { status: 'ok' }
    : path === '/readyz'
      ? { status: 'not-ready', missing: [message] }
      : { error };
  response.writeHead(isAlive ? 200 : 503, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    // What else the request brings is not read.
    Connection: 'close',
    ...(isAlive ? {} : { 'Retry-After': retryAfter }),
  });
  response.end(JSON.stringify(body));
}

/** The same for a request for a WebSocket. */
export const refuseStarting = (socket: Duplex): void => refuseUpgrade(socket, 503, code, message, retryAfter);
