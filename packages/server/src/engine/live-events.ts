import type { LiveEvent } from '@atelier/sdk';
import type { Database } from '../database/database.ts';
import { storableJson } from '../database/storable-json.ts';
import { eventsChannel, largestPayload } from '../jobs/channels.ts';

/** Milliseconds: pieces of text are gathered so long, so that a quick brain does not flood the database. */
const gathering = 40;
/** Characters of text in one message: at most four bytes each in UTF-8, and room for escapes. */
const longestText = Math.floor(largestPayload / 8);

/** Sends live events of one job to watchers in every process, through NOTIFY. They may be lost; nothing waits for them. */
export class LiveEvents {
  readonly #database: Database;
  readonly #job: string;
  #waiting: LiveEvent[] = [];
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(database: Database, job: string) {
    this.#database = database;
    this.#job = job;
  }

  send(event: LiveEvent): void {
    const last = this.#waiting.at(-1);
    const isMore = event.status === 'token' && last?.status === 'token' && last.after === event.after;
    if (isMore && last.text.length + event.text.length <= longestText) {
      this.#waiting[this.#waiting.length - 1] = { ...last, text: last.text + event.text };
    } else this.#waiting.push(...pieces(event));
    this.#timer ??= setTimeout(() => void this.flush(), gathering);
  }

  /** Sends what waits; before a stored event, so that the order stays. */
  flush(): Promise<unknown> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const payloads = this.#waiting
      .map((event) => `${this.#job} ${storableJson(event)}`)
      .filter((payload) => Buffer.byteLength(payload) < largestPayload);
    this.#waiting = [];
    if (payloads.length === 0) return this.#sending;
    this.#sending = this.#sending
      .then(() => this.#database.query(`SELECT pg_notify('${eventsChannel}', p) FROM unnest($1::text[]) p`, [payloads]))
      // What may be lost must not end the job when it is.
      .catch(() => {});
    return this.#sending;
  }
}

function pieces(event: LiveEvent): readonly LiveEvent[] {
  if (event.status !== 'token' || event.text.length <= longestText) return [event];
  const count = Math.ceil(event.text.length / longestText);
  return Array.from({ length: count }, (_, index) => ({
    ...event,
    text: event.text.slice(index * longestText, (index + 1) * longestText),
  }));
}
