import { promisify } from 'node:util';
import { type BrotliOptions, brotliDecompress, gunzip, inflate as inflateZlib, type ZlibOptions } from 'node:zlib';
import type { CallContext } from '../error-of-status.ts';
import { ResponseInvalidError, ResponseTooLargeError } from '../errors.ts';
import type { Reply } from './exchange.ts';
import { alignedBytes } from './reply-buffer.ts';

type Inflate = (bytes: Uint8Array, options: ZlibOptions & BrotliOptions) => Promise<Buffer>;

const algorithms: ReadonlyMap<string, Inflate> = new Map<string, Inflate>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflateZlib)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * Undoes the compression of a reply. None is asked for, since it costs the server far more than it saves; but callers may
 * ask with a header of their own, and some proxies compress unasked. Throws `ResponseInvalidError`, `ResponseTooLargeError`.
 */
export async function inflate(
  reply: Reply,
  { context, maxBytes }: { readonly context: CallContext; readonly maxBytes: number },
): Promise<Reply> {
  const algorithm = algorithms.get(reply.encoding ?? '');
  if (!algorithm) {
    throw new ResponseInvalidError({
      ...context,
      status: reply.status,
      message: `The answer of ${context.server} is compressed in a way that was not asked for.`,
      hint: 'gzip, deflate and br are understood. Switch compression off in the proxy, or send accept-encoding: identity.',
    });
  }
  try {
    const plain = reply.body.byteLength === 0 ? reply.body : await algorithm(reply.body, { maxOutputLength: maxBytes });
    const body = alignedBytes(plain.byteLength, reply.headerBytes);
    body.set(plain);
    return { ...reply, encoding: undefined, length: body.byteLength, body };
  } catch (cause) {
    if (cause instanceof RangeError) {
      const message = `The answer of ${context.server} unpacks to more than the limit of ${maxBytes} bytes.`;
      throw new ResponseTooLargeError({ ...context, message, hint: 'Raise `maxResponseBytes`.' });
    }
    const message = `The compressed answer of ${context.server} cannot be unpacked.`;
    throw new ResponseInvalidError({ ...context, status: reply.status, message, cause });
  }
}
