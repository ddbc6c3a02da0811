import { APICallError, RetryError } from 'ai';
import { AtelierError } from '../errors/atelier-error.ts';

/** Whatever a brain, the AI SDK or a port threw, as an `AtelierError`. */
export function toAtelierError(error: unknown): AtelierError {
  const root = rootOf(error);
  if (AtelierError.isInstance(root)) return root;
  const message = root instanceof Error ? root.message : String(root);
  return new AtelierError({
    code: 'brain-failed',
    message: `The run failed: ${message}`,
    hint: 'Try again, or choose another brain.',
    cause: error,
    isRetryable: APICallError.isInstance(root) && root.isRetryable,
  });
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
