import { APICallError, RetryError } from 'ai';
import { AtelierError } from '../errors/atelier-error.ts';
import { hideKeys } from './brains/hide-keys.ts';
import { type ProviderFailure, providerFailure } from './brains/provider-failure.ts';

/** Whatever a brain, the AI SDK or a port threw, as an `AtelierError`. Keys that a provider repeats are left out. */
export function toAtelierError(error: unknown): AtelierError {
  const root = rootOf(error);
  if (AtelierError.isInstance(root)) return root;
  const failure = providerFailure(root);
  if (failure) return fromProvider(failure, error);
  const message = hideKeys(root instanceof Error ? root.message : String(root));
  return new AtelierError({
    code: 'brain-failed',
    message: `The run failed: ${message}`,
    hint: 'Try again, or choose another brain.',
    cause: withoutRequest(error),
  });
}

function fromProvider(failure: ProviderFailure, cause: unknown): AtelierError {
  const { kind, status, retryAfter } = failure;
  const said = hideKeys(failure.message);
  const what = {
    broken: `The connection to the brain failed: ${said}`,
    busy: `The brain is not available now (${status ?? 'no status'}): ${said}`,
    rejected: `The brain's provider refused the call${status === undefined ? '' : ` (${status})`}: ${said}`,
  }[kind];
  return new AtelierError({
    code: 'brain-failed',
    message: what,
    hint: hintFor(failure),
    cause: withoutRequest(cause),
    isRetryable: kind !== 'rejected',
    details: {
      reason: kind,
      ...(status === undefined ? {} : { status }),
      ...(retryAfter === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfter / 1000) }),
    },
  });
}

/** A server that is there and is no brain, or not at this path. Its words may be a whole page: only their media type is told. */
export const notChatCompletions = (mediaType: string): AtelierError =>
  new AtelierError({
    code: 'brain-failed',
    message: `The address answered, but not with chat completions (${mediaType}): does it end in /v1?`,
    hint: 'Give the address of its API, such as http://localhost:8000/v1.',
    details: { reason: 'no-chat-completions', mediaType },
  });

function hintFor({ kind, status, retryAfter }: ProviderFailure): string {
  if (status === 401 || status === 403) return 'Check the key, and that it may use this model.';
  if (status === 404) return "Check the model's name, and the address.";
  if (kind === 'busy' && retryAfter !== undefined) return `Try again in ${Math.ceil(retryAfter / 1000)} s.`;
  if (kind === 'broken') return 'Check the address and that its server runs, then try again.';
  return kind === 'rejected' ? 'Try another request, or choose another brain.' : 'Try again, or choose another brain.';
}

/** The error that mattered: behind the AI SDK's retries, and the `AtelierError` behind whatever wraps it. */
function rootOf(error: unknown): unknown {
  if (RetryError.isInstance(error)) return rootOf(error.lastError);
  if (AtelierError.isInstance(error)) return error;
  if (error instanceof Error && error.cause !== undefined) {
    const inner = rootOf(error.cause);
    if (AtelierError.isInstance(inner)) return inner;
  }
  return error;
}

/** A call that failed carries its whole request, pictures included, and what the provider said to it: neither belongs in logs. */
function withoutRequest(error: unknown): unknown {
  if (RetryError.isInstance(error)) return withoutRequest(error.lastError);
  if (!APICallError.isInstance(error)) return error;
  const { url, statusCode, isRetryable } = error;
  const message = hideKeys(error.message);
  return new APICallError({ message, url: withoutQuery(url), requestBodyValues: {}, statusCode, isRetryable });
}

const withoutQuery = (url: string): string => url.replace(/\?.*$/s, '');
