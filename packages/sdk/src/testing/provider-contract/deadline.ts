import { AssertionError } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';

/** Rejects with an `AssertionError` when the work is not settled in time: a call that hangs must not hang the tests. */
export async function within<Value>(milliseconds: number, what: string, work: PromiseLike<Value>): Promise<Value> {
  const settled = new AbortController();
  const late = sleep(milliseconds, undefined, { signal: settled.signal }).then(
    () => {
      throw new AssertionError({ message: `${what} is not settled after ${milliseconds} ms` });
    },
    () => new Promise<never>(() => {}),
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    settled.abort();
  }
}
