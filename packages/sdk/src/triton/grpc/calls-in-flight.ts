import { type ChannelInterface, type StatusObject, status } from '@grpc/grpc-js';
import { isTimed } from '../call-timer.ts';
import type { CallContext } from '../error-of-status.ts';
import { ServerUnreachableError, type TritonError } from '../errors.ts';
import { ConnectionWatch } from './connection-watch.ts';
import { errorOfCall } from './error-of-call.ts';
import type { OpenSockets } from './open-sockets.ts';
import { connectMs, patience } from './patience.ts';

/** A call as grpc-js has it on its channel. */
type RunningCall = ReturnType<ChannelInterface['createCall']>;

interface Running {
  readonly timeoutMs: number;
  /** Whether it may have left this process. */
  readonly wasSent: () => boolean;
  /** Where the call began without a connection: what ends it if none comes up. */
  readonly connecting: { stop(): void } | undefined;
}

/**
 * The calls of one channel, so that closing it ends them. They are made on the channel and not through grpc-js's `Client`,
 * whose interceptors, event emitters and stacks cost a sixth of a small call.
 */
export class CallsInFlight {
  readonly #channel: ChannelInterface;
  readonly #sockets: OpenSockets;
  readonly #connection: ConnectionWatch;
  readonly #running = new Map<RunningCall, Running>();
  #isClosed = false;

  constructor(channel: ChannelInterface, sockets: OpenSockets) {
    this.#channel = channel;
    this.#sockets = sockets;
    this.#connection = new ConnectionWatch(channel);
  }

  /** `timeoutMs` goes along as the call's deadline, so that the server gives up too. Throws after `close`. */
  begin(path: string, timeoutMs: number, context: CallContext): RunningCall {
    if (this.#isClosed) {
      throw new ServerUnreachableError({
        ...context,
        message: `${context.server} cannot be reached: the client was closed.`,
        hint: 'Make a new client.',
      });
    }
    const call = this.#channel.createCall(path, deadlineOf(timeoutMs), null, null, null);
    const wasSent = this.#connection.fromNow();
    const connecting = wasSent() ? undefined : awaitConnection(call, wasSent);
    this.#running.set(call, { timeoutMs, wasSent, connecting });
    return call;
  }

  /** To be called when the call's status is there. Undefined where it ended well. */
  end(call: RunningCall, ended: StatusObject, context: CallContext): TritonError | undefined {
    const { timeoutMs = 0, connecting } = this.#running.get(call) ?? {};
    connecting?.stop();
    const wasSent = this.wasSent(call);
    this.#running.delete(call);
    if (ended.code === status.OK) return undefined;
    return errorOfCall({ ...ended, began: this.#hasBegun(call), wasSent, timeoutMs }, context);
  }

  /** Whether anything of a call that has not ended may have left this process. */
  wasSent(call: RunningCall): boolean {
    return this.#running.get(call)?.wasSent() ?? true;
  }

  close(): void {
    this.#isClosed = true;
    for (const call of this.#running.keys()) cancel(call);
    this.#channel.close();
    this.#sockets.close();
  }

  /** grpc-js names the peer when a call that had a stream of a connection has ended, and until then what it looks for. */
  #hasBegun(call: RunningCall): boolean {
    const peer = call.getPeer();
    return peer !== 'unknown' && peer !== this.#channel.getTarget();
  }
}

/** What grpc-js would wait for until the deadline: a host that is silent, or a server that says nothing of HTTP/2. */
function awaitConnection(call: RunningCall, wasSent: () => boolean): { stop(): void } {
  return patience(connectMs, () => {
    if (!wasSent()) call.cancelWithStatus(status.UNAVAILABLE, `Last error: no HTTP/2 within ${connectMs} ms`);
  });
}

/** grpc-js throws, where nobody can catch it, for a deadline that is far away or none, and has no timers beyond 24 days. */
const deadlineOf = (timeoutMs: number): number =>
  isTimed(timeoutMs) ? Date.now() + Math.max(0, timeoutMs) : Number.POSITIVE_INFINITY;

/** Tells the server to stop, if it has heard of the call at all. */
export const cancel = (call: RunningCall): void => call.cancelWithStatus(status.CANCELLED, 'Cancelled on client');
