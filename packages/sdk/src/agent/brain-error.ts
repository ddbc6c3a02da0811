import { AtelierError } from '../errors/atelier-error.ts';

/** Whatever a brain or the AI SDK threw, as an `AtelierError`. */
export function toAtelierError(error: unknown): AtelierError {
  if (AtelierError.isInstance(error)) return error;
  const cause = error instanceof Error ? error.cause : undefined;
  if (AtelierError.isInstance(cause)) return cause;
  const message = error instanceof Error ? error.message : String(error);
  return new AtelierError({
    code: 'brain-failed',
    message: `The brain failed: ${message}`,
    hint: 'Try again, or choose another brain.',
    cause: error,
    isRetryable: typeof error === 'object' && error !== null && 'isRetryable' in error && error.isRetryable === true,
  });
}
