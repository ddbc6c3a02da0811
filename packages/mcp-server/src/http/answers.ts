import type { IncomingMessage, ServerResponse } from 'node:http';
import { AtelierError, type AtelierErrorCode } from '@atelier/sdk/errors';

const statuses: Partial<Record<AtelierErrorCode, number>> = {
  'invalid-input': 400,
  'image-invalid': 400,
  'access-denied': 401,
  'not-allowed': 403,
  'not-found': 404,
  'timed-out': 408,
  conflict: 409,
  'request-too-large': 413,
  'image-too-large': 413,
  'rate-limited': 429,
  cancelled: 499,
  'capability-unavailable': 501,
  'server-unreachable': 502,
  'server-unavailable': 503,
};

/** JSON-RPC leaves these numbers to servers; clients look at the HTTP status. */
const refused = -32_000;

/** Bytes of a body that a refused request may still send without its connection being closed. */
const inPassing = 65_536;
/** Most milliseconds that the rest of a refused body is read for. */
const restMs = 1_000;

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  { status, headers }: Answer,
  type = 'application/json',
): void {
  const body = Buffer.from(JSON.stringify(value));
  const isSending = mayStillSend(response.req);
  response.writeHead(status, {
    'cache-control': 'no-store',
    ...headers,
    'content-type': type,
    'content-length': String(body.length),
    ...(isSending ? { connection: 'close' } : {}),
  });
  if (response.req.method !== 'HEAD') response.write(body);
  if (isSending) endLater(response);
  else response.end();
}

/** Whether more of the body is to come than is read in passing. */
const mayStillSend = ({ headers, complete }: IncomingMessage): boolean =>
  !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > inPassing);

/**
 * Reads on for a moment and throws it away. A connection that is closed while its caller still sends is reset, and the answer
 * that was just sent is lost with it.
 */
function endLater(response: ServerResponse): void {
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, restMs);
  response.req.once('end', end).once('close', end).once('error', end).resume();
}

/** What callers may know of whatever was thrown; `isUnexpected` where the rest is for the operator alone. */
export function failureOf(thrown: unknown): { error: AtelierError; status: number; isUnexpected: boolean } {
  const status = AtelierError.isInstance(thrown) ? statuses[thrown.code] : undefined;
  if (AtelierError.isInstance(thrown) && status !== undefined) return { error: thrown, status, isUnexpected: false };
  // What it says may name files of this machine.
  const code = AtelierError.isInstance(thrown) ? thrown.code : 'backend-failed';
  const error = new AtelierError({ code, message: 'Something went wrong here.' });
  return { error, status: 500, isUnexpected: true };
}

/** To `/mcp` as JSON-RPC, elsewhere as problem JSON (RFC 9457). A response that has begun cannot be changed: it is cut off. */
export function sendFailure(
  response: ServerResponse,
  thrown: unknown,
  form: 'rpc' | 'problem',
  answer?: Partial<Answer>,
) {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { error, status: usual } = failureOf(thrown);
  const { code, message, hint } = error;
  const status = answer?.status ?? usual;
  const headers = { ...(status === 503 || status === 429 ? { 'retry-after': '5' } : {}), ...answer?.headers };
  if (form === 'problem') {
    const problem = {
      type: 'about:blank',
      title: message,
      status,
      code,
      ...(hint === undefined ? {} : { detail: hint }),
    };
    sendJson(response, problem, { status, headers }, 'application/problem+json');
    return;
  }
  const data = { code, ...(hint === undefined ? {} : { hint }) };
  const text = hint === undefined ? message : `${message} ${hint}`;
  sendJson(response, { jsonrpc: '2.0', error: { code: refused, message: text, data }, id: null }, { status, headers });
}
