import type { AtelierChunk } from './ui-stream.ts';

type Chunks = Generator<AtelierChunk, void, undefined>;

/**
 * The text of a message: what the brain writes, live, and the final answer. Live text may be lost, or come twice where a worker
 * was taken over; the answer is the truth. Each text is a step of its own, so that one that turns out wrong is taken back.
 */
export class StreamedText {
  /** Live text after this seq and before the next stored event began before anybody listened here. */
  readonly #deafUntil: number;
  #count = 0;
  #open: string | undefined;
  #text = '';

  constructor(deafUntil: number) {
    this.#deafUntil = deafUntil;
  }

  *token({ text, after }: { readonly text: string; readonly after: number }): Chunks {
    if (after <= this.#deafUntil) return;
    yield* this.#write(text);
  }

  /** Other things follow: what was written stays as it is. */
  *close(): Chunks {
    if (this.#open === undefined) return;
    yield { type: 'text-end', id: this.#open };
    yield { type: 'finish-step' };
    this.#open = undefined;
  }

  /** The final answer: the rest of it where a part was written, nothing where all was. */
  *answer(answer: string): Chunks {
    const isWritten = this.#text.trim() === answer.trim();
    if (!isWritten) {
      const canGoOn = this.#open !== undefined && answer.startsWith(this.#text);
      const rest = canGoOn ? answer.slice(this.#text.length) : answer;
      if (this.#open !== undefined && !canGoOn) {
        yield { type: 'reset-step' };
        this.#open = undefined;
      }
      if (rest !== '') yield* this.#write(rest);
    }
    yield* this.close();
  }

  *#write(text: string): Chunks {
    if (this.#open === undefined) {
      this.#open = `text-${++this.#count}`;
      this.#text = '';
      yield { type: 'start-step' };
      yield { type: 'text-start', id: this.#open };
    }
    this.#text += text;
    yield { type: 'text-delta', id: this.#open, delta: text };
  }
}
