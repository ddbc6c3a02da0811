import { AgentError } from './agent-error.ts';
import type { Connection } from './connection.ts';
import { backoff, pause, retryAfter } from './pause.ts';
import { isPassing } from './read-error.ts';
import { readStream } from './read-stream.ts';
import { stoppable } from './stoppable.ts';
import type { Job, JobEvent } from './wire.ts';

export interface WatchOptions {
  /** The latest `seq` that is known already: only later ones come. Default 0: all. */
  readonly after?: number | undefined;
  /** Ends the watching with the signal's reason. The job goes on. */
  readonly signal?: AbortSignal | undefined;
}

export interface WatchSettings {
  /** Seconds without a byte after which a connection counts as dead. The server sends one every 15. */
  readonly silenceSeconds: number;
  /** Seconds without a connection after which watching is given up. */
  readonly patienceSeconds: number;
}

export const isFinalEvent = (
  event: JobEvent,
): event is Extract<JobEvent, { status: 'success' | 'failure' | 'cancelled' }> =>
  event.status === 'success' || event.status === 'failure' || event.status === 'cancelled';

/**
 * A job's events: stored ones gapless, in order, each once, over as many connections as it takes; live ones as they come.
 * Ends after the final event. Leaving the loop, or the signal, stops it at once.
 */
export const watchJob = (
  connection: Connection,
  job: string,
  { after = 0, signal }: WatchOptions,
  settings: WatchSettings,
): AsyncIterable<JobEvent> => stoppable((stop) => watch({ connection, job, settings, stop }, after), signal);

interface Watch {
  readonly connection: Connection;
  readonly job: string;
  readonly settings: WatchSettings;
  readonly stop: AbortSignal;
}

async function* watch(parts: Watch, from: number): AsyncGenerator<JobEvent, void, undefined> {
  const { connection, job, settings, stop } = parts;
  let after = from;
  let failures = 0;
  let lostAt = Date.now();
  while (true) {
    const attempt = new Attempt();
    try {
      for await (const event of attempt.read(parts, after)) {
        if ('seq' in event) {
          // A repeat is left out; after a gap the connection is not to be trusted.
          if (event.seq <= after) continue;
          if (event.seq > after + 1) throw gap(after, event.seq);
          after = event.seq;
        }
        yield event;
        if (isFinalEvent(event)) return;
      }
    } catch (error) {
      stop.throwIfAborted();
      if (!AgentError.isInstance(error) || !error.isRetryable) throw error;
      attempt.error ??= error;
    }
    // Whoever has seen everything already waits for nothing.
    if (attempt.wasOpen && !attempt.error && (await isOver(connection, job, after, stop))) return;
    if (attempt.hadEvents) failures = 0;
    if (attempt.wasOpen) lostAt = Date.now();
    if (Date.now() - lostAt > settings.patienceSeconds * 1000) throw attempt.error ?? lost();
    await pause(attempt.wait ?? backoff(failures++, 250, 5000), stop);
  }
}

export const isFinalState = (state: Job['state']): boolean =>
  state === 'succeeded' || state === 'failed' || state === 'cancelled';

/** One connection. */
class Attempt {
  wasOpen = false;
  hadEvents = false;
  /** Milliseconds that the server asked to stay away. */
  wait: number | undefined;
  error: AgentError | undefined;

  async *read({ connection, job, settings, stop }: Watch, after: number): AsyncGenerator<JobEvent, void, undefined> {
    const dead = new AbortController();
    const silence = { milliseconds: settings.silenceSeconds * 1000, onSilence: () => dead.abort(lost()) };
    const timer = setTimeout(silence.onSilence, silence.milliseconds);
    try {
      const response = await connection.once(`/jobs/${encodeURIComponent(job)}/events?after=${after}`, {
        headers: { accept: 'text/event-stream' },
        signal: AbortSignal.any([stop, dead.signal]),
      });
      clearTimeout(timer);
      const body = await this.#open(response, connection);
      for await (const event of readStream(body, silence)) {
        this.hadEvents = true;
        yield event;
      }
    } catch (error) {
      if (AgentError.isInstance(error)) throw error;
      throw stop.aborted ? stop.reason : lost(dead.signal.reason ?? error);
    } finally {
      clearTimeout(timer);
      // Frees the socket where the reader left in the middle.
      dead.abort();
    }
  }

  async #open(response: Response, connection: Connection): Promise<ReadableStream<Uint8Array>> {
    if (!response.ok) {
      if (isPassing(response.status)) this.wait = retryAfter(response.headers);
      throw await connection.errorOf(response);
    }
    if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) {
      throw new AgentError({
        code: 'response-invalid',
        message: 'The answer is not a stream of events.',
        hint: 'Does the address lead to the agent API itself, and does nothing in between buffer its answers?',
        status: response.status,
      });
    }
    this.wasOpen = true;
    return response.body;
  }
}

async function isOver(connection: Connection, job: string, after: number, signal: AbortSignal): Promise<boolean> {
  const asked = connection.json<Job>(`/jobs/${encodeURIComponent(job)}`, { signal });
  const now = await asked.catch((error: unknown) => {
    // The server is going away: the next connection will tell.
    if (AgentError.isInstance(error) && error.isRetryable) return undefined;
    throw error;
  });
  return now !== undefined && after >= now.lastSeq && isFinalState(now.state);
}

const lost = (cause?: unknown): AgentError =>
  new AgentError({
    code: 'connection-lost',
    message: 'The connection to the server broke, and did not come back.',
    hint: 'The job goes on: watch it again from the last seq, or ask for its state.',
    isRetryable: true,
    cause,
  });

const gap = (after: number, seq: number): AgentError =>
  new AgentError({ code: 'response-invalid', message: `Event ${seq} came after ${after}.`, isRetryable: true });
