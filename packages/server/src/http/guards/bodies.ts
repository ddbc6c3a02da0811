import { setTimeout as delay } from 'node:timers/promises';
import { AtelierError } from '@atelier/sdk/errors';
import type { MiddlewareHandler } from 'hono';
import type { Settings } from '../../services.ts';
import { withStatus } from '../errors.ts';
import type { RouteEnvironment } from '../route-context.ts';
import { checkJsonShape } from './json-shape.ts';

const mebibyte = 1024 * 1024;
/** Room for data URLs: ten mebibytes are thirteen and a third in base64. */
const jsonBytes = 20 * mebibyte;

type BodyLimits = Pick<Settings['limits'], 'maxImageBytes' | 'bodySeconds'>;

const isJson = (contentType: string): boolean => /^application\/([\w.-]+\+)?json\b/i.test(contentType);

/** Largest body in bytes, by what it says it is: JSON, a form with a picture, or the picture itself. */
export function largestBody(contentType: string, { maxImageBytes }: BodyLimits): number {
  if (isJson(contentType)) return Math.max(jsonBytes, 2 * maxImageBytes);
  // In place of a file there may be its data URL, which is a third longer.
  if (/^multipart\/form-data\b/i.test(contentType)) return Math.ceil((maxImageBytes * 4) / 3) + mebibyte;
  return maxImageBytes;
}

/** A signal that follows another one is not held by it: without this the caller's going away could get lost with their request. */
const madeOf = new WeakMap<Request, Request>();

/**
 * Takes the whole body in before the route runs: counted while it comes, whatever its length says, and within a time. What a
 * route reads afterwards is complete.
 */
export const bodyGuard =
  (limits: BodyLimits): MiddlewareHandler<RouteEnvironment> =>
  async (c, next) => {
    const { raw } = c.req;
    if (!raw.body || raw.method === 'GET' || raw.method === 'HEAD') return next();
    const encoding = raw.headers.get('content-encoding') ?? 'identity';
    if (encoding.toLowerCase() !== 'identity') throw compressed();
    const most = largestBody(raw.headers.get('content-type') ?? '', limits);
    if (Number(raw.headers.get('content-length') ?? 0) > most) throw tooLarge(most);
    const body = await readWithin(raw.body, most, limits.bodySeconds);
    if (isJson(raw.headers.get('content-type') ?? '')) checkJsonShape(body);
    const { method, headers, signal } = raw;
    c.req.raw = new Request(raw.url, { method, headers, body, signal });
    madeOf.set(c.req.raw, raw);
    return next();
  };

async function readWithin(
  body: ReadableStream<Uint8Array>,
  most: number,
  seconds: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(seconds)), seconds * 1000);
  });
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late]);
      if (done) return joined(chunks, length);
      length += value.length;
      if (length > most) throw tooLarge(most);
      chunks.push(value);
    }
  } catch (error) {
    // Not waited for: whoever is slow may be slow here too.
    letGo(reader).catch(() => {});
    throw AtelierError.isInstance(error) ? error : broken(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Most milliseconds and bytes that the rest of a refused body is read for. */
const restMs = 1000;
const restBytes = 64 * mebibyte;

/**
 * Reads on for a moment and throws it away. A connection that is closed while its caller still sends is reset, and the refusal
 * that was just sent is lost with it.
 */
async function letGo(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const enough = delay(restMs, undefined, { ref: false }).then(() => ({ done: true, value: undefined }) as const);
  try {
    for (let bytes = 0; bytes < restBytes; ) {
      const { done, value } = await Promise.race([reader.read(), enough]);
      if (done) return;
      bytes += value.length;
    }
  } finally {
    await reader.cancel();
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

const tooLarge = (maxBytes: number): AtelierError =>
  new AtelierError({
    code: 'request-too-large',
    message: `The request has more than ${maxBytes} bytes.`,
    hint: 'Make the picture smaller, or save it with more compression.',
    details: { maxBytes },
  });

const tooSlow = (seconds: number): AtelierError =>
  withStatus(
    new AtelierError({
      code: 'timed-out',
      message: `The body of the request did not come within ${seconds} seconds.`,
      hint: 'Send a smaller picture, or over a faster line.',
      isRetryable: true,
    }),
    408,
  );

const compressed = (): AtelierError =>
  withStatus(
    new AtelierError({
      code: 'invalid-input',
      message: 'Bodies are not taken compressed.',
      hint: 'Send it without Content-Encoding.',
    }),
    415,
  );

const broken = (cause: unknown): AtelierError =>
  new AtelierError({ code: 'cancelled', message: 'The request broke off before it was complete.', cause });
