import {
  AccessDeniedError,
  ConnectionLostError,
  ModelNotReadyError,
  RequestRejectedError,
  ServerUnavailableError,
  ServerUnreachableError,
  TimedOutError,
} from '../../errors.ts';
import { ServerPool, type ServerPoolOptions } from '../server-pool.ts';
import { FakeClock, settled } from './fake-clock.ts';

/** A server whose health is set by the test. */
export class FakeServer {
  readonly url: string;
  /** What its next health checks find. */
  health: 'ready' | 'not-ready' | 'unreachable' | 'hangs' | 'denied' = 'ready';
  probes = 0;
  probesRunning = 0;
  mostProbesAtOnce = 0;

  constructor(url: string) {
    this.url = url;
  }

  async probe(signal: AbortSignal): Promise<boolean> {
    this.probes += 1;
    this.probesRunning += 1;
    this.mostProbesAtOnce = Math.max(this.mostProbesAtOnce, this.probesRunning);
    try {
      if (this.health === 'unreachable') throw unreachable(this);
      if (this.health === 'denied') throw new AccessDeniedError(says('No token.')(this));
      if (this.health === 'hangs') await once(signal);
      return this.health === 'ready';
    } finally {
      // A connection takes a moment to close.
      if (signal.aborted) await settled();
      this.probesRunning -= 1;
    }
  }
}

function once(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

/** Servers `a`, `b`, ... in a pool whose time and chance belong to the test. */
export function fakePool(count: number, options: ServerPoolOptions = {}, random: () => number = () => 0) {
  const clock = new FakeClock();
  const servers = Array.from({ length: count }, (_, index) => new FakeServer(String.fromCharCode(97 + index)));
  return { clock, servers, pool: new ServerPool(servers, options, { clock, random }) };
}

const says = (message: string) => (server: { readonly url: string }) => ({ message, server: server.url });

export const unreachable = (server: FakeServer) => new ServerUnreachableError(says('Nobody answers.')(server));
export const lost = (server: FakeServer) => new ConnectionLostError(says('The connection broke.')(server));
export const timedOut = (server: FakeServer) => new TimedOutError(says('No answer in time.')(server));
export const notReady = (server: FakeServer) =>
  new ModelNotReadyError({ ...says('The model is loading.')(server), mayHaveRun: false });
export const rejected = (server: FakeServer) => new RequestRejectedError(says('No such input.')(server));
export const unavailable = (server: FakeServer, retryAfterMs?: number) =>
  new ServerUnavailableError({ ...says('The queue is full.')(server), retryAfterMs, mayHaveRun: false });
/** The same status, said by a model after it has worked, or by a proxy that does not know. */
export const saidUnavailable = (server: FakeServer) => new ServerUnavailableError(says('Come back later.')(server));

export type Fault = (server: FakeServer) => Error;

/** A task that fails on some servers and notes where it ran. */
export function failing(faults: Readonly<Record<string, Fault>>) {
  const ran: string[] = [];
  const task = async (server: FakeServer): Promise<string> => {
    ran.push(server.url);
    const fault = faults[server.url];
    if (fault) throw fault(server);
    return server.url;
  };
  return { ran, task };
}
