import { basename } from 'node:path';
import type { CommandContext } from '../command.ts';
import type { BatchOutcome } from './outcome.ts';
import type { BatchWords } from './words.ts';

/** One bar over all photos, with the one that moved last. */
export class BatchProgress {
  readonly #context: CommandContext;
  readonly #words: BatchWords;
  readonly #total: number;
  readonly #fractions = new Map<string, number>();
  #ended: number;

  /** @param ended photos that need no work */
  constructor(context: CommandContext, words: BatchWords, total: number, ended: number) {
    this.#context = context;
    this.#words = words;
    this.#total = total;
    this.#ended = ended;
  }

  /** @param fraction of this photo, 0..1 */
  work(input: string, fraction: number): void {
    this.#fractions.set(input, fraction);
    this.#show(input);
  }

  #show(input: string): void {
    const share = [...this.#fractions.values()].reduce((sum, each) => sum + each, this.#ended) / this.#total;
    const text = this.#words.photo(Math.min(this.#total, this.#ended + 1), this.#total, basename(input));
    this.#context.progress.update(text, share * 100);
  }

  end(outcome: BatchOutcome, durationMs: number): void {
    const { progress } = this.#context;
    const name = basename(outcome.item.input);
    this.#fractions.delete(outcome.item.input);
    if (outcome.state === 'left') return;
    this.#ended++;
    if (outcome.state === 'failed') progress.note(this.#words.failedPhoto(name, outcome.error.message));
    else progress.done(this.#words.madePhoto(name, outcome.item.output), durationMs);
    const [next] = this.#fractions.keys();
    if (next !== undefined) this.#show(next);
  }
}
