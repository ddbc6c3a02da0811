import { setTimeout as wait } from 'node:timers/promises';
import { AtelierError } from '@atelier/sdk/errors';
import { WebSocket } from 'ws';
import { eventView } from '../http/event-view.ts';
import type { Services } from '../services.ts';
import type { Caller } from './admit.ts';

/** What a WebSocket is closed with. */
export const closeCodes = {
  /** The job has ended, and its last event was sent. */
  done: 1000,
  goingAway: 1001,
  /** The client sends more than it has to say. */
  tooMuch: 1008,
  tryLater: 1013,
  accessDenied: 4401,
  /** No such job of this caller. */
  notFound: 4404,
  /** The client does not read. What it missed is stored: it may come back with `after`. */
  tooSlow: 4408,
  rateLimited: 4429,
} as const;

/** Bytes that may wait for a slow reader. Beyond `live` it gets no live events; beyond `most` nothing more is read for it. */
const buffer = { live: 64 * 1024, most: 256 * 1024 };
/** Milliseconds for a slow reader to make room. */
const usualPatience = 15_000;
/** Messages of a client in a minute. */
const messagesPerMinute = 120;

/** Sends a job's events until the last one, and closes with the code that says how it ended. Never rejects. */
export async function sendEvents(
  services: Services,
  client: WebSocket,
  caller: Caller,
  patience = usualPatience,
): Promise<void> {
  const gone = new AbortController();
  client.on('close', () => gone.abort());
  answerPings(client);
  try {
    const { tenant, job, after, origin } = caller;
    const record = await services.jobs.get(tenant, job);
    for await (const event of services.jobs.events(tenant, job, { after, signal: gone.signal })) {
      const isLive = !('seq' in event);
      if (isLive && client.bufferedAmount > buffer.live) continue;
      if (!(await hasRoom(client, patience))) return cutOff(client);
      if (client.readyState !== WebSocket.OPEN) return;
      client.send(JSON.stringify(eventView(services, origin, record, event)));
    }
    if (!gone.signal.aborted) client.close(closeCodes.done);
  } catch (error) {
    if (gone.signal.aborted) return;
    const code = AtelierError.isInstance(error) ? error.code : undefined;
    if (code === 'not-found') return client.close(closeCodes.notFound, 'There is no such job.');
    if (code !== 'server-unavailable') services.logger.error({ err: error, job: caller.job }, 'a WebSocket broke');
    client.close(closeCodes.tryLater, 'Try again in a few seconds.');
  } finally {
    gone.abort();
  }
}

/** Waits for a slow reader; false when it has not read in time. */
async function hasRoom(client: WebSocket, patience: number): Promise<boolean> {
  const end = performance.now() + patience;
  while (client.bufferedAmount > buffer.most && client.readyState === WebSocket.OPEN) {
    if (performance.now() > end) return false;
    await wait(20);
  }
  return true;
}

/** The reason stands behind everything that was not read, so it is not waited for. */
function cutOff(client: WebSocket): void {
  client.close(closeCodes.tooSlow, 'Too slow; come back with after.');
  setTimeout(() => client.terminate(), 1000).unref();
}

/** `{"type":"ping"}` is for pages, which cannot send the pings of the protocol. Everything else is ignored. */
function answerPings(client: WebSocket): void {
  let messages = 0;
  let since = performance.now();
  client.on('message', (data, isBinary) => {
    if (performance.now() - since > 60_000) [messages, since] = [0, performance.now()];
    if (++messages > messagesPerMinute) return client.close(closeCodes.tooMuch, 'Too many messages.');
    if (isBinary || client.bufferedAmount > buffer.live || !isPing(data.toString())) return;
    client.send('{"type":"pong"}');
  });
}

function isPing(text: string): boolean {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === 'object' && message !== null && 'type' in message && message.type === 'ping';
  } catch {
    return false;
  }
}
