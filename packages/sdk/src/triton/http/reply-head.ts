import type { IncomingHttpHeaders } from 'node:http';
import type { CallContext } from '../error-of-status.ts';
import { ResponseInvalidError } from '../errors.ts';

/** What a reply says about its body. */
export interface ReplyHead {
  readonly status: number;
  /** Lower case, without parameters; empty without one. */
  readonly contentType: string;
  /** Lower case; undefined where the body is as it is. */
  readonly encoding: string | undefined;
  readonly length: number | undefined;
  /** `Inference-Header-Content-Length`. */
  readonly headerBytes: number | undefined;
  /** `Retry-After` in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/** Throws `ResponseInvalidError` for lengths that are none or contradict each other. */
export function readReplyHead(status: number, headers: IncomingHttpHeaders, context: CallContext): ReplyHead {
  const encoding = textOf(headers['content-encoding']).trim().toLowerCase();
  const length = lengthOf(headers, 'content-length', context);
  const headerBytes = lengthOf(headers, 'inference-header-content-length', context);
  const isPlain = encoding === '' || encoding === 'identity';
  if (isPlain && length !== undefined && headerBytes !== undefined && headerBytes > length) {
    throw new ResponseInvalidError({
      ...context,
      status,
      message: `${context.server} says that ${headerBytes} bytes of its answer are JSON, but it has ${length} bytes.`,
    });
  }
  const contentType = textOf(headers['content-type']).split(';', 1)[0] ?? '';
  return {
    status,
    contentType: contentType.trim().toLowerCase(),
    encoding: isPlain ? undefined : encoding,
    length,
    headerBytes,
    retryAfterMs: waitOf(textOf(headers['retry-after']).trim()),
  };
}

/** Seconds or a date; what is neither says nothing. */
function waitOf(text: string): number | undefined {
  if (/^[0-9]{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function lengthOf(headers: IncomingHttpHeaders, name: string, context: CallContext): number | undefined {
  const text = headers[name];
  if (text === undefined) return undefined;
  const length = typeof text === 'string' && /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
  if (length !== undefined) return length;
  throw new ResponseInvalidError({
    ...context,
    message: `${context.server} answered with a ${name} that is no length.`,
  });
}

const textOf = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(',') : (value ?? '');
