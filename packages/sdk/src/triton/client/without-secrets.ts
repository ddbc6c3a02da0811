import { TritonError } from '../errors.ts';

const shortestSecret = 4;
const replacement = '[removed]';

/**
 * The same error without the values of the headers that were sent: a gateway may repeat in its words what it was given.
 * Values of fewer than four characters are left alone, since they would be found everywhere.
 */
export function withoutSecrets(error: unknown, headers: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof TritonError)) return error;
  const secrets = Object.entries(headers).flatMap(([name, value]) => secretsIn(name, value));
  const clean = (text: string): string =>
    secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, replacement), text);
  for (const name of ['message', 'stack', 'hint', 'serverMessage'] as const) {
    const text = error[name];
    if (typeof text === 'string' && clean(text) !== text) redefine(error, name, clean(text));
  }
  const { serverMessage } = error.details ?? {};
  if (typeof serverMessage === 'string' && clean(serverMessage) !== serverMessage) {
    redefine(error, 'details', { ...error.details, serverMessage: clean(serverMessage) });
  }
  if (error.cause instanceof Error && clean(String(error.cause.stack)) !== String(error.cause.stack)) {
    redefine(error, 'cause', undefined);
  }
  return error;
}

/** The whole value, and its parts: of `Bearer abc` the token alone is the secret. A trace is none, and useful to see. */
function secretsIn(name: string, value: string): string[] {
  if (name === 'traceparent' || name === 'tracestate') return [];
  return [value, ...value.split(/[\s,;=]+/)].filter(
    (part) => part.length >= shortestSecret && part !== 'Bearer' && part !== 'Basic',
  );
}

/** Errors are read-only for their readers; a new one would lose its class or its stack. */
const redefine = (error: TritonError, name: string, value: unknown): void =>
  void Object.defineProperty(error, name, { value, enumerable: name !== 'stack', configurable: true });
