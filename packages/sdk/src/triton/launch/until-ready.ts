import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';

const everyMs = 50;

interface Awaited {
  readonly url: string;
  readonly child: ChildProcess;
  /**
   * Resolves when the process says that it has its ports. Until then it is another server that answers, which has the port.
   * Undefined for one that does not say it, being told to log nothing or to have no metrics.
   */
  readonly listening: Promise<void> | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Resolves when the server says that it and its models are ready; throws when the process ends first, or time is up. */
export async function untilReady({ url, child, listening, timeoutMs, signal }: Awaited): Promise<void> {
  let failure: Error | undefined;
  let listens = listening === undefined;
  void listening?.then(() => {
    listens = true;
  });
  child.once('error', (error) => {
    failure = error;
  });
  const until = performance.now() + timeoutMs;
  while (performance.now() < until) {
    signal?.throwIfAborted();
    if (failure) throw failure;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`it ended with ${child.signalCode ?? `code ${child.exitCode}`}.`);
    }
    if ((await isReady(url)) && listens) return;
    await sleep(everyMs, undefined, { signal });
  }
  throw new Error(`it was not ready after ${timeoutMs / 1000} s.`);
}

async function isReady(url: string): Promise<boolean> {
  try {
    // `reset` closes the connection: the server waits for open ones when it is told to stop.
    const { statusCode, body } = await request(`${url}/v2/health/ready`, { headersTimeout: 2_000, reset: true });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}
