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
  #isOpen = false;
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
    if (!this.#isOpen) return;
    yield { type: 'text-end', id: this.#id };
    yield { type: 'finish-step' };
    this.#isOpen = false;
  }

  /** The final answer: the rest of it where a part was written, nothing where all was. */
  *answer(answer: string): Chunks {
    if (this.#text.trim() !== answer.trim()) {
      const goesOn = this.#isOpen && answer.startsWith(this.#text);
      const rest = goesOn ? answer.slice(this.#text.length) : answer;
      if (this.#isOpen && !goesOn) {
        yield { type: 'reset-step' };
        yield* this.#begin();
      }
      yield* this.#write(rest);
    }
    yield* this.close();
  }

  get #id(): string {
    return `text-${this.#count}`;
  }

  *#write(delta: string): Chunks {
    if (!this.#isOpen) {
      yield { type: 'start-step' };
      yield* this.#begin();
    }
    this.#text += delta;
    yield { type: 'text-delta', id: this.#id, delta };
  }

  *#begin(): Chunks {
    this.#count++;
    this.#isOpen = true;
    this.#text = '';
    yield { type: 'text-start', id: this.#id };
  }
}
