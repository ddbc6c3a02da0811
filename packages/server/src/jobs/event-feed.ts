import type { Database } from '../database/database.ts';
import { eventsChannel, readEventMessage } from './channels.ts';
import { readEvents } from './event-store.ts';
import { isFinalEvent, type JobEvent, type WireEvent } from './events.ts';

/** A reader that is this far behind reads from the table again, and misses live events. */
const longestQueue = 1000;

/** What a watcher has not read yet. `behind`: something is missing, look it up. */
class Watcher {
  #events: JobEvent[] = [];
  #behind = true;
  #stopped = false;
  #wake: (() => void) | undefined;

  push(event: JobEvent): void {
    if (this.#events.length >= longestQueue) {
      this.#events = [];
      this.#behind = true;
    }
    this.#events.push(event);
    this.#wake?.();
  }

  lookUp(): void {
    this.#behind = true;
    this.#wake?.();
  }

  take(): { readonly behind: boolean; readonly events: readonly JobEvent[] } {
    const taken = { behind: this.#behind, events: this.#events };
    this.#behind = false;
    this.#events = [];
    return taken;
  }

  /** Until there is something, or `stop`. */
  async wait(): Promise<void> {
    if (this.#behind || this.#events.length > 0 || this.#stopped) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = undefined;
  }

  stop(): void {
    this.#stopped = true;
    this.#wake?.();
  }
}

/** Events of jobs for any number of watchers in this process, over one listening connection. */
export class EventFeed {
  readonly #database: Database;
  readonly #watchers = new Map<string, Set<Watcher>>();
  #stop: (() => void) | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Stored events above `after` and what happens then, until the final event or the signal. The job is taken to exist. */
  async *read(job: string, after: number, signal: AbortSignal | undefined): AsyncGenerator<JobEvent, void, void> {
    this.#stop ??= this.#listen();
    const watcher = new Watcher();
    const watchers = this.#watchers.get(job) ?? new Set();
    this.#watchers.set(job, watchers.add(watcher));
    const stop = () => watcher.stop();
    signal?.addEventListener('abort', stop);
    try {
      let last = after;
      while (!signal?.aborted) {
        const { behind, events } = watcher.take();
        if (behind) {
          for await (const event of this.#stored(job, last, signal)) {
            last = event.seq;
            yield event;
            if (isFinalEvent(event)) return;
          }
        }
        for (const event of events) {
          if ('seq' in event) {
            if (event.seq <= last) continue;
            if (event.seq > last + 1) {
              watcher.lookUp();
              break;
            }
            last = event.seq;
          } else if (event.after !== last) continue;
          yield event;
          if (isFinalEvent(event)) return;
        }
        await watcher.wait();
      }
    } catch (error) {
      if (!signal?.aborted) throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
      watchers.delete(watcher);
      if (watchers.size === 0) this.#watchers.delete(job);
    }
  }

  close(): void {
    this.#stop?.();
  }

  #listen(): () => void {
    const onMessage = (payload: string) => {
      const message = readEventMessage(payload);
      if (!message) return;
      for (const watcher of this.#watchers.get(message.job) ?? []) {
        if ('event' in message) watcher.push(message.event);
        else watcher.lookUp();
      }
    };
    const onGap = () => {
      for (const watchers of this.#watchers.values()) for (const watcher of watchers) watcher.lookUp();
    };
    return this.#database.listen(eventsChannel, onMessage, onGap);
  }

  async *#stored(job: string, after: number, signal: AbortSignal | undefined): AsyncGenerator<WireEvent, void, void> {
    for (let last = after; ; ) {
      const page = await readEvents(this.#database, job, last, { signal });
      yield* page;
      const end = page.at(-1);
      if (!end || isFinalEvent(end) || page.length < 500) return;
      last = end.seq;
    }
  }
}
