import type { Database } from '../database/database.ts';
import { controlChannel } from '../jobs/channels.ts';

/** Words from other processes: a new job, a job to stop, an answer. `anything` comes where words may have been lost. */
export class Control {
  readonly #listeners = new Set<(word: string, job: string | undefined) => void>();
  readonly #stop: () => void;

  constructor(database: Database) {
    const tell = (word: string, job?: string) => {
      for (const listener of this.#listeners) listener(word, job);
    };
    this.#stop = database.listen(
      controlChannel,
      (payload) => {
        const [word = '', job] = payload.split(' ');
        tell(word, job);
      },
      () => tell('anything'),
    );
  }

  /** Calls back until it is called off. */
  on(listener: (word: string, job: string | undefined) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#stop();
  }
}
