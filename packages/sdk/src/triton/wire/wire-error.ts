/** Bytes that break the protocol. The transports turn it into `ResponseInvalidError` with the server and model. */
export class WireError extends Error {
  override readonly name = 'WireError';
}
