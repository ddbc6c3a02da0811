import { status } from '@grpc/grpc-js';
import type { CallContext } from '../error-of-status.ts';
import { ResponseInvalidError } from '../errors.ts';
import type { TransportCall } from '../transport.ts';
import { type CallsInFlight, cancel } from './calls-in-flight.ts';
import { metadataOf } from './metadata.ts';

/**
 * One request, one response. Aborting rejects at once with the signal's reason and cancels the call; no listener on the
 * signal is left afterwards.
 */
export function callUnary(
  calls: CallsInFlight,
  path: string,
  message: Buffer,
  { signal, timeoutMs, headers }: TransportCall,
  context: CallContext,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const metadata = metadataOf(headers);
    const running = calls.begin(path, timeoutMs, context);
    const onAbort = (): void => {
      reject(signal?.reason);
      cancel(running);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    let response: Buffer | undefined;
    running.start(metadata, {
      onReceiveMetadata() {},
      onReceiveMessage(bytes: Buffer) {
        // A second message would else keep the call open until its deadline.
        if (response) running.cancelWithStatus(status.INTERNAL, 'Too many responses received');
        else running.startRead();
        response = bytes;
      },
      onReceiveStatus(ended) {
        signal?.removeEventListener('abort', onAbort);
        const error = calls.end(running, ended, context);
        if (error) reject(error);
        else if (response) resolve(response);
        else reject(new ResponseInvalidError({ ...context, message: `${context.server} answered without a message.` }));
      },
    });
    running.startRead();
    running.sendMessageWithContext({}, message);
    running.halfClose();
  });
}
