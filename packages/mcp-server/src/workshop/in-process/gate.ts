import { AtelierError } from '@atelier/sdk/errors';

export interface GateOptions {
  readonly atOnce: number;
  /** In line behind those, of all scopes together. */
  readonly mostWaiting: number;
}

interface Waiting {
  enter(): void;
  sendAway(): void;
}

/**
 * Lets a few in at once, so that many callers together take no more memory than those few. Scopes take turns, and where the line is
 * full the scope with most callers in it makes room: one tenant cannot lock out the others.
 */
export class Gate {
  #free: number;
  readonly #mostWaiting: number;
  /** By scope; the scope whose turn it is comes first. None is empty. */
  readonly #lines = new Map<string, Waiting[]>();
  #waiting = 0;

  constructor({ atOnce, mostWaiting }: GateOptions) {
    this.#free = atOnce;
    this.#mostWaiting = mostWaiting;
  }

  /** Rejects with `server-unavailable` where the line is too long, `cancelled` where the signal fires in it. Must not be nested. */
  async run<Result>(scope: string, work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    await this.#enter(scope, signal);
    try {
      return await work();
    } finally {
      this.#giveUp();
    }
  }

  async #enter(scope: string, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) throw leftTheLine();
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    if (this.#waiting >= this.#mostWaiting) this.#makeRoom(scope);
    await new Promise<void>((resolve, reject) => {
      const leave = () => {
        this.#remove(scope, waiting);
        reject(leftTheLine());
      };
      const atEnd = (end: () => void) => () => {
        signal?.removeEventListener('abort', leave);
        end();
      };
      const waiting = { enter: atEnd(resolve), sendAway: atEnd(() => reject(lineTooLong())) };
      signal?.addEventListener('abort', leave, { once: true });
      this.#lines.set(scope, [...(this.#lines.get(scope) ?? []), waiting]);
      this.#waiting++;
    });
  }

  /** Sends away the last of the longest line; throws where that is the line of the one who comes. */
  #makeRoom(scope: string): void {
    const [longest] = [...this.#lines].sort(([, a], [, b]) => b.length - a.length);
    const last = longest?.[1].at(-1);
    if (!longest || !last || longest[1].length <= (this.#lines.get(scope)?.length ?? 0) + 1) throw lineTooLong();
    this.#remove(longest[0], last);
    last.sendAway();
  }

  #remove(scope: string, waiting: Waiting): void {
    const others = (this.#lines.get(scope) ?? []).filter((other) => other !== waiting);
    if (others.length > 0) this.#lines.set(scope, others);
    else this.#lines.delete(scope);
    this.#waiting--;
  }

  #giveUp(): void {
    const [next] = this.#lines;
    const [first, ...others] = next?.[1] ?? [];
    if (!next || !first) {
      this.#free++;
      return;
    }
    this.#lines.delete(next[0]);
    if (others.length > 0) this.#lines.set(next[0], others);
    this.#waiting--;
    first.enter();
  }
}

const lineTooLong = (): AtelierError =>
  new AtelierError({
    code: 'server-unavailable',
    message: 'Too many pictures are being worked on at the moment.',
    hint: 'Try again in a few seconds.',
    isRetryable: true,
  });

const leftTheLine = (): AtelierError =>
  new AtelierError({ code: 'cancelled', message: 'The call was cancelled before it began.' });
