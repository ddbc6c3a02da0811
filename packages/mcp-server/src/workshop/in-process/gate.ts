import { AtelierError } from '@atelier/sdk/errors';
import { Slots } from '../../jobs/in-process/slots.ts';

export interface GateOptions {
  readonly atOnce: number;
  /** In line behind those; whoever comes later is sent away. */
  readonly mostWaiting: number;
}

/** Lets a few in at once, so that many callers together take no more memory than those few. */
export class Gate {
  readonly #slots: Slots;
  readonly #most: number;
  #inside = 0;

  constructor({ atOnce, mostWaiting }: GateOptions) {
    this.#slots = new Slots(atOnce);
    this.#most = atOnce + mostWaiting;
  }

  /** Rejects with `server-unavailable` where the line is too long, `cancelled` where the signal fires in it. Must not be nested. */
  async run<Result>(work: () => Promise<Result>, signal: AbortSignal = new AbortController().signal): Promise<Result> {
    if (this.#inside >= this.#most) throw lineTooLong();
    this.#inside += 1;
    try {
      if (!(await this.#slots.take(signal))) throw leftTheLine();
      try {
        return await work();
      } finally {
        this.#slots.give();
      }
    } finally {
      this.#inside -= 1;
    }
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
