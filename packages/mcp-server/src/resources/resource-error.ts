import { AtelierError } from '@atelier/sdk/errors';
import { ProtocolError, ProtocolErrorCode, ResourceNotFoundError } from '@modelcontextprotocol/server';

/** What the caller can mend by asking otherwise. */
const callersCodes: ReadonlySet<string> = new Set([
  'invalid-input',
  'not-allowed',
  'access-denied',
  'response-too-large',
  'image-too-large',
]);

/**
 * What `resources/read` and its kin answer when something fails. What is not an `AtelierError` is told to nobody: it may name
 * paths; `report` hears of it.
 */
export function resourceError(error: unknown, uri: string, report: (error: unknown) => void): ProtocolError {
  if (ProtocolError.isInstance(error)) return error;
  if (!AtelierError.isInstance(error)) {
    report(error);
    return new ProtocolError(ProtocolErrorCode.InternalError, 'The server failed while it read this.', { uri });
  }
  const { code, message, hint, isRetryable } = error;
  if (code === 'not-found') return new ResourceNotFoundError(uri);
  return new ProtocolError(
    callersCodes.has(code) ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError,
    hint === undefined ? message : `${message} ${hint}`,
    { uri, code, ...(hint === undefined ? {} : { hint }), isRetryable },
  );
}
