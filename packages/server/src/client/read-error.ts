import type { AtelierErrorCode } from '@atelier/sdk';
import { AgentError } from './agent-error.ts';

/** More is not read of an answer that says what is wrong. */
const longestBody = 64 * 1024;

/**
 * The error that a server's answer stands for: its JSON where it is one of ours, else what the status says. `key` is what it was
 * asked with: proxies that answer with what they were sent do not put it into logs.
 */
export async function readError(response: Response, key?: string): Promise<AgentError> {
  const body = await readText(response);
  const said = errorIn(key === undefined || key === '' ? body : body.replaceAll(key, '[key]'));
  const details = record(said.details);
  return new AgentError({
    code: codeOf(said.code) ?? codeOfStatus(response.status),
    message: text(said.message) ?? `The server answered ${response.status} ${response.statusText}`.trimEnd(),
    hint: text(said.hint),
    details,
    status: response.status,
    requestId: text(said.requestId) ?? response.headers.get('x-request-id') ?? undefined,
    isRetryable: isPassing(response.status),
  });
}

/** Statuses after which the same request may do better: too many requests, a server that is starting, stopping or away. */
export const isPassing = (status: number): boolean => status === 429 || (status >= 502 && status <= 504);

/** Codes are words; which ones a newer server knows is its business. */
const codeOf = (value: unknown): AtelierErrorCode | undefined =>
  // The wire's codes are AtelierError's: the type tells readers which there are, and unknown newer ones pass through.
  typeof value === 'string' && /^[a-z][a-z-]{0,63}$/.test(value) ? (value as AtelierErrorCode) : undefined;

const statusCodes: Readonly<Record<number, AtelierErrorCode>> = {
  400: 'invalid-input',
  401: 'access-denied',
  403: 'not-allowed',
  404: 'not-found',
  409: 'conflict',
  413: 'request-too-large',
  429: 'rate-limited',
  501: 'capability-unavailable',
  503: 'server-unavailable',
  504: 'timed-out',
};

const codeOfStatus = (status: number): AtelierErrorCode =>
  statusCodes[status] ?? (status < 500 ? 'request-rejected' : 'backend-failed');

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const record = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;

function errorIn(body: string): Readonly<Record<string, unknown>> {
  try {
    return record(record(JSON.parse(body))?.error) ?? {};
  } catch {
    return {};
  }
}

async function readText(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    while (reader && text.length < longestBody) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    await reader?.cancel();
  } catch {
    // What came says enough, or the status does.
  }
  return text;
}
