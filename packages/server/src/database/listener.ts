import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

interface Subscription {
  readonly onMessage: (payload: string) => void;
  readonly onGap: () => void;
}

/** One connection that listens for all of the process, opened with the first subscription and again whenever it breaks. */
export class Listener {
  readonly #url: string;
  readonly #logger: Logger | undefined;
  readonly #channels = new Map<string, Set<Subscription>>();
  readonly #closed = new AbortController();
  #client: pg.Client | undefined;
  #running: Promise<void> | undefined;

  constructor(url: string, logger: Logger | undefined) {
    this.#url = url;
    this.#logger = logger;
  }

  listen(channel: string, onMessage: (payload: string) => void, onGap: () => void): () => void {
    const subscription = { onMessage, onGap };
    const known = this.#channels.get(channel);
    const subscriptions = known ?? new Set();
    subscriptions.add(subscription);
    this.#channels.set(channel, subscriptions);
    this.#running ??= this.#run();
    if (!known) this.#client?.query(`LISTEN ${channel}`).then(onGap, () => {});
    return () => subscriptions.delete(subscription);
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closed;
    for (let wait = 50; !signal.aborted; wait = Math.min(wait * 2, 2000)) {
      try {
        await this.#session(() => {
          wait = 50;
        });
      } catch (error) {
        if (!signal.aborted) this.#logger?.warn({ err: error }, 'listening to the database broke; trying again');
      }
      await delay(wait, undefined, { signal }).catch(() => {});
    }
  }

  /** From connecting until the connection ends, or the listener is closed. */
  async #session(onReady: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: 'atelier-listener',
    });
    const { signal } = this.#closed;
    const over = new Promise<void>((resolve) => {
      client.on('end', resolve);
      client.on('error', () => resolve());
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    try {
      await Promise.race([this.#listenOn(client, onReady), over]);
      await over;
    } finally {
      this.#client = undefined;
      // One that is still connecting may take its time to end, and nothing depends on it.
      client.end().catch(() => {});
    }
  }

  async #listenOn(client: pg.Client, onReady: () => void): Promise<void> {
    await client.connect();
    client.on('notification', ({ channel, payload = '' }) => {
      for (const { onMessage } of this.#channels.get(channel) ?? []) onMessage(payload);
    });
    for (const channel of this.#channels.keys()) await client.query(`LISTEN ${channel}`);
    if (this.#closed.signal.aborted) return;
    this.#client = client;
    onReady();
    // What was sent before this moment is in the tables.
    for (const subscriptions of this.#channels.values()) for (const { onGap } of subscriptions) onGap();
  }
}
