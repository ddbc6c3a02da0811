import type { Client, ServiceError } from '@grpc/grpc-js';
import type { CallContext } from '../error-of-status.ts';
import type { TransportCall } from '../transport.ts';
import { errorOfCall } from './error-of-call.ts';
import { metadataOf } from './metadata.ts';

/** Messages are made and read outside of grpc-js, so that what is wrong with them gets an error of its own. */
export const asIs = (bytes: Buffer): Buffer => bytes;

/**
 * One request, one response. The deadline goes along, so that the server gives up too. Aborting rejects at once with the
 * signal's reason and cancels the call.
 */
export function callUnary(
  client: Client,
  path: string,
  message: Buffer,
  call: TransportCall,
  context: CallContext,
): Promise<Buffer> {
  const { signal, timeoutMs } = call;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const metadata = metadataOf(call.headers);
    const deadline = Date.now() + timeoutMs;
    const running = client.makeUnaryRequest(path, asIs, asIs, message, metadata, { deadline }, (error, response) => {
      signal?.removeEventListener('abort', onAbort);
      if (error) reject(errorOfCall(statusOf(error, running, client), context));
      else if (response) resolve(response);
    });
    const onAbort = (): void => {
      reject(signal?.reason);
      running.cancel();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** grpc-js names the peer as soon as a call has a stream of a connection, and until then what it looks for. */
export function statusOf(
  { code, details, metadata }: ServiceError,
  call: { getPeer(): string },
  client: Client,
): { code: number; details: string; metadata: ServiceError['metadata']; began: boolean } {
  const peer = call.getPeer();
  return { code, details, metadata, began: peer !== 'unknown' && peer !== client.getChannel().getTarget() };
}
