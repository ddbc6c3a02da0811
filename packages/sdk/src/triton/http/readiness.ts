import type { CallContext } from '../error-of-status.ts';
import { ModelNotFoundError, ModelNotReadyError, ServerUnavailableError } from '../errors.ts';
import type { TransportCall } from '../transport.ts';
import { get } from './documents.ts';
import type { HttpCalls } from './http-calls.ts';
import { replyError } from './reply-error.ts';

/**
 * Whether a `/live` or `/ready` path says yes. No is 400: with an empty body from the server, with words for a model that
 * is not there; a load balancer says 503.
 */
export async function answersYes(
  calls: HttpCalls,
  path: string,
  context: CallContext,
  call: TransportCall,
): Promise<boolean> {
  const reply = await calls.reply(get(path, call), call, context);
  if (reply.status === 200) return true;
  if (reply.status === 400 && reply.body.byteLength === 0) return false;
  const error = replyError(reply, context);
  const isNo =
    error instanceof ModelNotReadyError ||
    error instanceof ModelNotFoundError ||
    error instanceof ServerUnavailableError;
  if (isNo) return false;
  throw error;
}
