import { AtelierError } from '@atelier/sdk/errors';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

/** What `prompts/get` answers when something fails. What is not an `AtelierError` may name paths: only `report` hears of it. */
export function promptError(error: unknown, report: (error: unknown) => void): ProtocolError {
  if (!AtelierError.isInstance(error)) {
    report(error);
    return new ProtocolError(ProtocolErrorCode.InternalError, 'The server failed while it wrote this prompt.');
  }
  const { code, message, hint } = error;
  const isCallers = code === 'not-found' || code === 'invalid-input' || code === 'access-denied';
  return new ProtocolError(
    isCallers ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError,
    hint === undefined ? message : `${message} ${hint}`,
    { code, ...(hint === undefined ? {} : { hint }) },
  );
}
