import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AssetStore } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import type { Logger } from 'pino';

/** Finds out whether pictures can be stored, before the first person sends one. */
export interface StoreCheck {
  /** A sentence for operators; undefined where all is well. An answer is good for a while, so that anybody may ask. */
  problem(): Promise<string | undefined>;
  /** Resolves once nothing of it is under way. */
  settled(): Promise<void>;
}

export interface StoreCheckOptions {
  /** Milliseconds a good answer is kept. Default one minute. */
  readonly goodFor?: number;
  /** Milliseconds a bad one is kept. Default 5 seconds. */
  readonly badFor?: number;
  /** Milliseconds after which a store counts as one that does not answer. Default 5 seconds. */
  readonly patience?: number;
}

/** No tenant has a name like this. */
const scope = '_check';

/** Puts a tiny object and takes it away again: a bucket that can be seen need not be one that can be written to. */
export function storeCheck(store: AssetStore, logger: Logger, options: StoreCheckOptions = {}): StoreCheck {
  const { goodFor = 60_000, badFor = 5_000, patience = 5_000 } = options;
  const id = `check-${randomBytes(8).toString('hex')}`;
  let until = 0;
  let answer: Promise<string | undefined> | undefined;
  let working: Promise<void> = Promise.resolve();
  const ask = async (): Promise<string | undefined> => {
    const work = writeAndDelete(store, id);
    working = work.catch(() => {});
    const problem = await within(work, patience).then(
      () => undefined,
      (error: unknown) => tellProblem(error, logger),
    );
    until = performance.now() + (problem === undefined ? goodFor : badFor);
    return problem;
  };
  return {
    problem() {
      if (!answer || performance.now() > until) {
        // While it is asked, all who want to know wait for the one answer.
        until = Number.POSITIVE_INFINITY;
        answer = ask();
      }
      return answer;
    },
    settled: async () => void (await Promise.race([working, delay(patience, undefined, { ref: false })])),
  };
}

async function writeAndDelete(store: AssetStore, id: string): Promise<void> {
  await store.put(scope, id, { bytes: new TextEncoder().encode('{}'), mediaType: 'application/json' });
  await store.delete(scope, id);
}

async function within(work: Promise<void>, milliseconds: number): Promise<void> {
  const late = new AbortController();
  const timeout = delay(milliseconds, undefined, { ref: false, signal: late.signal }).then(() => {
    throw new AtelierError({ code: 'timed-out', message: `The store did not answer within ${milliseconds / 1000} s.` });
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    timeout.catch(() => {});
    late.abort();
  }
}

/** Anybody may read what is missing: which bucket it is, and why it cannot be used, is for the log. */
function tellProblem(error: unknown, logger: Logger): string {
  logger.warn({ err: error }, 'pictures cannot be stored');
  const why = AtelierError.isInstance(error) ? ` (${error.code})` : '';
  return `Pictures cannot be stored${why}: the log says why.`;
}
