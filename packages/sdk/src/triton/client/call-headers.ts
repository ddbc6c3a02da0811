import { InvalidInputError } from '../errors.ts';
import type { TraceContext } from '../transport.ts';
import type { TritonCallOptions, TritonClientOptions } from './client-options.ts';

const headerName = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
/** Visible ASCII, spaces and tabs: what both HTTP/1.1 and gRPC metadata carry. */
const headerValue = /^[\t\x20-\x7e]*$/;
/** What says where a message ends and how a connection is used. */
const framing = new Set([
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'inference-header-content-length',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
const traceparent = /^[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * The headers of one call: the client's, then its token, then the trace, then the call's own. Names in lower case.
 * Throws `invalid-input` for what is no header or no W3C trace context, without repeating the value.
 */
export async function callHeaders(
  client: Pick<TritonClientOptions, 'headers' | 'token' | 'trace'>,
  call: Pick<TritonCallOptions, 'headers' | 'trace'>,
): Promise<Record<string, string>> {
  const token = typeof client.token === 'function' ? await client.token() : client.token;
  const trace = call.trace ?? client.trace?.();
  const headers = {
    ...lowerCase(client.headers),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(trace === undefined ? {} : traceHeaders(trace)),
    ...lowerCase(call.headers),
  };
  for (const [name, value] of Object.entries(headers)) {
    if (framing.has(name)) throw invalid(`The header ${name} is the transport's own`, 'Leave it out.');
    if (!headerName.test(name)) throw invalid(`${JSON.stringify(name)} is not the name of a header`);
    if (typeof value !== 'string' || !headerValue.test(value)) {
      throw invalid(`The header ${name} has a value that cannot be sent`, 'Use visible ASCII characters only.');
    }
  }
  return headers;
}

function traceHeaders(trace: TraceContext): Record<string, string> {
  if (!traceparent.test(trace.traceparent)) {
    throw invalid(
      'The traceparent is not a W3C trace context',
      'Its form is 00-<32 hex digits>-<16 hex digits>-<2 hex digits>.',
    );
  }
  const { tracestate } = trace;
  return { traceparent: trace.traceparent, ...(tracestate ? { tracestate } : {}) };
}

const lowerCase = (headers: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

const invalid = (message: string, hint?: string): InvalidInputError =>
  new InvalidInputError({ message: `${message}.`, hint });
