import type { AtelierErrorOptions } from '@atelier/sdk';

/** An error in a form that survives structured cloning: classes do not, and neither do own properties of errors. */
export type SentError =
  | { readonly kind: 'atelier'; readonly options: Omit<AtelierErrorOptions, 'cause'> }
  | { readonly kind: 'other'; readonly name: string; readonly message: string; readonly stack: string | undefined };

// Known by its registered symbol instead of the class: importing the SDK would cost every thread its start-up time.
const atelierMarker = Symbol.for('atelier.error');

/** Runs in the thread. Details that are not plain JSON are dropped rather than letting the message fail. */
export function packError(error: unknown): SentError {
  if (!(error instanceof Error)) return { kind: 'other', name: 'Error', message: String(error), stack: undefined };
  if (!(atelierMarker in error)) {
    return { kind: 'other', name: error.name, message: error.message, stack: error.stack };
  }
  // The marker is only ever set by AtelierError, which has these fields.
  const { code, message, hint, isRetryable, details } = error as unknown as AtelierErrorOptions & Error;
  return {
    kind: 'atelier',
    options: {
      code,
      message,
      ...(hint === undefined ? {} : { hint }),
      ...(isRetryable === undefined ? {} : { isRetryable }),
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
