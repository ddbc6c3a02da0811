import { AtelierError } from '@atelier/sdk/errors';
import { AgentError } from '@atelier/server/client';

/** Work with the API's client: what it throws becomes an `AtelierError` of the same code; `cancelled` where the signal fired. */
export async function withAtelierErrors<Value>(
  work: () => Promise<Value>,
  signal?: AbortSignal | undefined,
): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) throw cancelled(signal.reason);
    throw AgentError.isInstance(error) ? asAtelierError(error) : error;
  }
}

function asAtelierError(error: AgentError): AtelierError {
  const { code, message, details, isRetryable } = error;
  return new AtelierError({ code, message, hint: hintOf(error), details, isRetryable, cause: error });
}

/** What to do in words of HTTP helps nobody who calls tools. */
const hintOf = ({ code, hint }: AgentError): string | undefined =>
  hint !== undefined && /\b(?:GET|POST|PUT|curl|multipart)\b|openapi|`\w+_id`/.test(hint) ? hints[code] : hint;

const earlierId = 'Use an id that an earlier result has.';
const hints: Partial<Record<AgentError['code'], string>> = {
  'not-found': earlierId,
  'invalid-input': 'Call it again with an input that fits its schema.',
};

export const cancelled = (reason: unknown): AtelierError =>
  AtelierError.isInstance(reason)
    ? reason
    : new AtelierError({ code: 'cancelled', message: 'The call was cancelled.', cause: reason });

export const notFound = (what: string, id: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no ${what} ${id.slice(0, 60)}.`,
    hint: earlierId,
  });
