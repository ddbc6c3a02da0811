import { InvalidResponseDataError } from '@ai-sdk/provider';
import { isProviderStreamError } from '@ai-sdk/provider-utils';
import { APICallError } from 'ai';
import { z } from 'zod';

/** What a provider's failure comes to, in whichever of the AI SDK's forms it was told. */
export interface ProviderFailure {
  readonly kind: 'busy' | 'broken' | 'rejected';
  readonly message: string;
  /** The HTTP status, where there was one. */
  readonly status?: number | undefined;
  /** How long the provider asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

const brokenCodes = /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|UND_ERR_)/;
/** What `fetch` says of a connection that broke, which does not always come with a code. */
const brokenWords = /^(terminated|fetch failed|network error)$/;

/** Undefined for what is no failure of a provider: an error of the program, an abort. */
export function providerFailure(error: unknown): ProviderFailure | undefined {
  // Also inside the error of a call that was answered with 200 and then broke, which the AI SDK tells as not retryable.
  const broken = causes(error).find(isBroken);
  if (broken) return { kind: 'broken', message: broken.message };
  if (APICallError.isInstance(error)) {
    const { statusCode: status, isRetryable, responseHeaders } = error;
    const kind = isRetryable ? (status === undefined ? 'broken' : 'busy') : 'rejected';
    return { kind, status, message: error.message, retryAfter: retryAfter(responseHeaders ?? {}) };
  }
  if (isProviderStreamError(error)) {
    return { kind: error.isRetryable ? 'busy' : 'rejected', status: error.statusCode, message: error.message };
  }
  // Chat completions tell a stream without its end in this form.
  if (InvalidResponseDataError.isInstance(error)) return { kind: 'broken', message: error.message };
  return error instanceof Error ? undefined : fromEvent(error);
}

/**
 * The media type of a stream that ended without a single event because it was something else: a web page, a file of JSON.
 * Undefined where there were events, or may have been.
 */
export function otherThanEvents(error: unknown, headers: Readonly<Record<string, string>> = {}): string | undefined {
  if (!InvalidResponseDataError.isInstance(error)) return undefined;
  const type = headers['content-type']?.replace(/;.*$/s, '').trim().toLowerCase();
  return type === '' || type === 'text/event-stream' ? undefined : type;
}

/** An error as a server of chat completions puts it into its stream: not an `Error`, and in no one form. */
function fromEvent(event: unknown): ProviderFailure | undefined {
  const { error, message, code } = eventSchema.parse(event);
  if (error !== undefined) return fromEvent(error);
  if (message === undefined) return undefined;
  const status = code !== undefined && code >= 400 && code < 600 ? code : undefined;
  const isBusy = status === 429 || (status ?? 0) >= 500;
  return { kind: isBusy ? 'busy' : 'rejected', status, message };
}

const eventSchema = z
  .object({
    error: z.unknown().optional(),
    message: z.string().optional().catch(undefined),
    code: z.coerce.number().optional().catch(undefined),
  })
  .catch({});

const isBroken = (error: Error): boolean =>
  ('code' in error && brokenCodes.test(String(error.code))) ||
  (error instanceof TypeError && brokenWords.test(error.message));

function causes(error: unknown): Error[] {
  const found: Error[] = [];
  for (let cause = error; cause instanceof Error && !found.includes(cause); cause = cause.cause) found.push(cause);
  return found;
}

/** Milliseconds; the header holds seconds or a date, and some providers say milliseconds in one of their own. */
function retryAfter(headers: Readonly<Record<string, string>>): number | undefined {
  const exact = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (exact >= 0) return exact;
  const asked = headers['retry-after'];
  if (asked === undefined) return undefined;
  const seconds = Number(asked);
  if (seconds >= 0) return seconds * 1000;
  const date = Date.parse(asked);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
