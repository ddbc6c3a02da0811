import { setTimeout as delay } from 'node:timers/promises';
import type { QuestionAnswer } from '@atelier/sdk';
import { type Database, workerPatience } from '../database/database.ts';
import type { Control } from './control.ts';

/** Milliseconds between looks at the table, should a word be lost. */
const lookEvery = 5000;

interface QuestionRow {
  readonly answer: QuestionAnswer | null;
  /** Milliseconds until nobody can answer any more. */
  readonly left: number;
}

/** Waits for people: their answers are kept in a table, whichever process takes them. */
export class Answers {
  readonly #database: Database;
  readonly #control: Control;
  readonly #onWaiting: (change: 1 | -1) => void;

  constructor(database: Database, control: Control, onWaiting: (change: 1 | -1) => void) {
    this.#database = database;
    this.#control = control;
    this.#onWaiting = onWaiting;
  }

  /** The answer; null when the time is over. Rejects when the signal fires. */
  async wait(job: string, question: string, signal: AbortSignal): Promise<QuestionAnswer | null> {
    let wake = () => {};
    const stop = this.#control.on((word, about) => {
      if (word === 'anything' || (word === 'answer' && about === job)) wake();
    });
    this.#onWaiting(1);
    try {
      for (;;) {
        signal.throwIfAborted();
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        const [row] = await this.#database.query<QuestionRow>(
          `SELECT answer, (extract(epoch FROM expires_at - clock_timestamp()) * 1000)::float8 AS left
           FROM atelier.questions WHERE job = $1 AND id = $2`,
          [job, question],
          { patience: workerPatience, signal },
        );
        if (!row) return null;
        if (row.answer || row.left <= 0) return row.answer;
        await until(woken, Math.min(row.left + 5, lookEvery), signal);
      }
    } finally {
      this.#onWaiting(-1);
      stop();
    }
  }
}

async function until(woken: Promise<void>, milliseconds: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  try {
    await Promise.race([woken, delay(milliseconds, undefined, { signal: AbortSignal.any([over.signal, signal]) })]);
  } finally {
    over.abort();
  }
}
