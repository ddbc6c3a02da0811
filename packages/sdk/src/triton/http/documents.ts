import type { z } from 'zod';
import { type CallContext, shorten } from '../error-of-status.ts';
import { ModelFailedError, ResponseInvalidError } from '../errors.ts';
import type { TransportCall } from '../transport.ts';
import { parseServerJson, WireError } from '../wire/index.ts';
import type { HttpRequest, Reply } from './exchange.ts';
import type { HttpCalls } from './http-calls.ts';
import { errorText } from './reply-error.ts';

/** GET without a body, POST with one as JSON. */
export async function fetchDocument<Schema extends z.ZodType>(
  calls: HttpCalls,
  { path, body, model }: { readonly path: string; readonly body?: unknown; readonly model?: string | undefined },
  schema: Schema,
  call: TransportCall,
): Promise<z.infer<Schema>> {
  const context = calls.context(model);
  const request = body === undefined ? get(path, call) : post(path, body, call);
  return parseDocument(await calls.success(request, call, context), schema, context);
}

export const get = (path: string, call: TransportCall): HttpRequest => ({ method: 'GET', path, headers: call.headers });

export function post(path: string, body: unknown, call: TransportCall): HttpRequest {
  const headers = { ...call.headers, 'content-type': 'application/json' };
  return { method: 'POST', path, headers, body: Buffer.from(JSON.stringify(body)) };
}

/** Throws `ResponseInvalidError` naming the field that does not fit. */
function parseDocument<Schema extends z.ZodType>(reply: Reply, schema: Schema, context: CallContext): z.infer<Schema> {
  const { status } = reply;
  const text = new TextDecoder().decode(reply.body);
  let value: unknown;
  try {
    value = parseServerJson(text);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new ResponseInvalidError({
      ...context,
      status,
      message: `${context.server} did not answer with JSON.`,
      hint: 'Is the url, with its path, that of a Triton HTTP port?',
      cause,
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const words = errorText(text);
  if (words !== undefined) {
    throw new ModelFailedError({
      ...context,
      status,
      message: `${context.server} says: ${shorten(words)}`,
      serverMessage: words,
    });
  }
  const issue = parsed.error.issues[0];
  const field = shorten(issue?.path.join('.') || 'the document itself');
  throw new ResponseInvalidError({
    ...context,
    status,
    message: `The answer of ${context.server} does not fit at ${field}: ${shorten(issue?.message ?? 'it is another document')}.`,
    hint: 'Is this a Triton of another generation, or another server?',
  });
}
