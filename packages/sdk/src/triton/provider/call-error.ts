import { APICallError } from '@ai-sdk/provider';
import { TritonError } from '../errors.ts';
import type { ProviderContext } from './provider-context.ts';

/** Does a call for the AI SDK: what it fails with is what the SDK's core knows how to treat. */
export async function asProviderCall<Value>(
  context: ProviderContext,
  modelId: string,
  signal: AbortSignal | undefined,
  work: () => Promise<Value>,
): Promise<Value> {
  try {
    signal?.throwIfAborted();
    return await work();
  } catch (error) {
    throw toProviderError(error, context, modelId, signal);
  }
}

/**
 * The signal's own reason where it fired. A `TritonError` becomes an `APICallError`, whose `isRetryable` the core follows and
 * whose `cause` is the `TritonError`. Everything else (a picture that cannot be read, say) stays as it is: trying again
 * would not help. Request values are left out: they are pictures.
 */
export function toProviderError(
  error: unknown,
  { client }: Pick<ProviderContext, 'client'>,
  modelId: string,
  signal: AbortSignal | undefined,
): unknown {
  if (signal?.aborted) return signal.reason;
  if (!(error instanceof TritonError)) return error;
  const { message, hint, status, isRetryable, serverMessage } = error;
  const origin = error.server ?? client.servers[0]?.url ?? '';
  return new APICallError({
    message: hint === undefined ? message : `${message} ${hint}`,
    url: `${origin}/v2/models/${encodeURIComponent(error.model ?? modelId)}`,
    requestBodyValues: { model: modelId },
    isRetryable,
    cause: error,
    ...(typeof status === 'number' ? { statusCode: status } : {}),
    ...(serverMessage === undefined ? {} : { responseBody: serverMessage }),
    data: { code: error.code, status },
  });
}
