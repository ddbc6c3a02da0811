import { type CallContext, errorOfEvent, errorOfStatus } from '../error-of-status.ts';
import type { TritonError } from '../errors.ts';
import type { Reply } from './exchange.ts';

/** Of an error's text more is never used. */
const longestText = 64 * 1024;

/** The error that a reply of another status than 200 stands for. */
export function replyError(reply: Reply, context: CallContext): TritonError {
  const text = new TextDecoder().decode(reply.body.subarray(0, longestText));
  // Where the first response of a stream is an error, Triton 2.51 sends it as an event, under a status by chance.
  const event = /^data: ?(.*)$/m.exec(text)?.[1];
  const eventError = event === undefined ? undefined : errorText(event);
  if (eventError !== undefined) return errorOfEvent(eventError, context);
  const { status, retryAfterMs } = reply;
  return errorOfStatus(
    status,
    errorText(text) ?? text,
    retryAfterMs === undefined ? context : { ...context, retryAfterMs },
  );
}

/** The text of `{"error": "..."}`: by content, since early failures come with another content type. */
export function errorText(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null || !('error' in value)) return undefined;
    const { error } = value;
    return typeof error === 'string' ? error : JSON.stringify(error);
  } catch {
    return undefined;
  }
}
