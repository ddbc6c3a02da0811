import { InvalidInputError } from '../errors.ts';
import type { TritonCallOptions, TritonClientOptions } from './client-options.ts';

/** Refuses options that programs without types, or with a variable that is not set, give. Throws `invalid-input`. */
export function checkClientOptions(options: TritonClientOptions): void {
  if (typeof options !== 'object' || options === null) {
    throw invalid(
      'A client needs options',
      "Give at least a server: new TritonClient({ url: 'http://gpu-box:8000' }).",
    );
  }
  const { transport, token, trace, headers } = options;
  if (![undefined, 'auto', 'http', 'grpc'].includes(transport)) {
    throw invalid(`transport is ${JSON.stringify(transport)}`, "Give 'auto', 'http' or 'grpc', or leave it out.");
  }
  if (!['undefined', 'string', 'function'].includes(typeof token)) {
    throw invalid(`token is of type ${typeof token}`, 'Give text, or a function that answers with it.');
  }
  if (!['undefined', 'function'].includes(typeof trace)) {
    throw invalid(`trace is of type ${typeof trace}`, "Give a function: () => ({ traceparent: '00-...' }).");
  }
  checkHeaders(headers);
  checkTimeout(options.timeoutMs);
  for (const name of ['connections', 'maxRequestBytes', 'maxResponseBytes'] as const) {
    const value = options[name];
    if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) continue;
    throw invalid(`${name} is ${String(value)}`, 'Give a whole number from 1 up, or leave it out.');
  }
}

/** The same for one call. */
export function checkCallOptions({ timeoutMs, transport, headers }: TritonCallOptions): void {
  checkTimeout(timeoutMs);
  checkHeaders(headers);
  if (![undefined, 'http', 'grpc'].includes(transport)) {
    throw invalid(`transport is ${JSON.stringify(transport)}`, "Give 'http' or 'grpc', or leave it out.");
  }
}

function checkTimeout(timeoutMs: unknown): void {
  if (timeoutMs === undefined || (typeof timeoutMs === 'number' && timeoutMs > 0)) return;
  throw invalid(
    `timeoutMs is ${String(timeoutMs)}`,
    'Give milliseconds above 0 (Infinity: no limit), or leave it out.',
  );
}

function checkHeaders(headers: unknown): void {
  if (headers === undefined || (typeof headers === 'object' && headers !== null && !(headers instanceof Headers)))
    return;
  throw invalid('headers is no plain object', "Give names and values: { 'x-tenant': 'blue' }.");
}

const invalid = (message: string, hint: string): InvalidInputError =>
  new InvalidInputError({ message: `${message}.`, hint });
