import { type ChannelInterface, type StatusObject, status } from '@grpc/grpc-js';
import { isTimed } from '../call-timer.ts';
import type { CallContext } from '../error-of-status.ts';
import { ServerUnreachableError, type TritonError } from '../errors.ts';
import { errorOfCall } from './error-of-call.ts';
import type { OpenSockets } from './open-sockets.ts';

/** A call as grpc-js has it on its channel. */
type RunningCall = ReturnType<ChannelInterface['createCall']>;

/**
 * The calls of one channel, so that closing it ends them. They are made on the channel and not through grpc-js's `Client`,
 * whose interceptors, event emitters and stacks cost a sixth of a small call.
 */
export class CallsInFlight {
  readonly #channel: ChannelInterface;
  readonly #sockets: OpenSockets;
  readonly #running = new Set<RunningCall>();
  #isClosed = false;

  constructor(channel: ChannelInterface, sockets: OpenSockets) {
    this.#channel = channel;
    this.#sockets = sockets;
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
    this.#running.add(call);
    return call;
  }

  /** To be called when the call's status is there. Undefined where it ended well. */
  end(call: RunningCall, ended: StatusObject, context: CallContext): TritonError | undefined {
    this.#running.delete(call);
    return ended.code === status.OK ? undefined : errorOfCall({ ...ended, began: this.#hasBegun(call) }, context);
  }

  close(): void {
    this.#isClosed = true;
    for (const call of this.#running) cancel(call);
    this.#channel.close();
    this.#sockets.close();
  }

  /** grpc-js names the peer as soon as a call has a stream of a connection, and until then what it looks for. */
  #hasBegun(call: RunningCall): boolean {
    const peer = call.getPeer();
    return peer !== 'unknown' && peer !== this.#channel.getTarget();
  }
}

/** grpc-js throws, where nobody can catch it, for a deadline that is far away or none, and has no timers beyond 24 days. */
const deadlineOf = (timeoutMs: number): number =>
  isTimed(timeoutMs) ? Date.now() + Math.max(0, timeoutMs) : Number.POSITIVE_INFINITY;

/** Tells the server to stop, if it has heard of the call at all. */
export const cancel = (call: RunningCall): void => call.cancelWithStatus(status.CANCELLED, 'Cancelled on client');
