// Values from this subpath only: the whole SDK would cost every thread its start-up time.
import { AtelierError, type AtelierErrorOptions } from '@atelier/sdk/errors';

/** An error in a form that survives structured cloning: classes do not, and neither do own properties of errors. */
export type SentError =
  | { readonly kind: 'atelier'; readonly options: Omit<AtelierErrorOptions, 'cause'> }
  | { readonly kind: 'other'; readonly name: string; readonly message: string; readonly stack: string | undefined };

/** Runs in the thread. Details that are not plain JSON are dropped rather than letting the message fail. */
export function packError(error: unknown): SentError {
  if (!(error instanceof Error)) return { kind: 'other', name: 'Error', message: String(error), stack: undefined };
  if (!AtelierError.isInstance(error)) {
    return { kind: 'other', name: error.name, message: error.message, stack: error.stack };
  }
  const { code, message, hint, isRetryable, details } = error;
  return {
    kind: 'atelier',
    options: {
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      isRetryable,
      ...(details === undefined ? {} : { details: toJson(details) }),
    },
  };
}

function toJson(details: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(JSON.stringify(details));
  } catch {
    return {};
  }
}
