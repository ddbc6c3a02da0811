import type { CallContext } from '../error-of-status.ts';
import { ResponseTooLargeError } from '../errors.ts';

/** The widest element of a tensor: a body whose tensors begin at a multiple of it can be read in place. */
const alignment = 8;

export interface ReplyBufferOptions {
  /** `Content-Length`; undefined where the body comes in chunks. */
  readonly length: number | undefined;
  /** Bytes of JSON in front of the tensors. */
  readonly headerBytes: number | undefined;
  readonly maxBytes: number;
  readonly context: CallContext;
}

/**
 * The body of one reply. Where its length is known, it is written into one buffer, placed so that what follows the JSON
 * lies aligned. Throws `ResponseTooLargeError` before more than `maxBytes` are held.
 */
export class ReplyBuffer {
  readonly #options: ReplyBufferOptions;
  readonly #whole: Uint8Array | undefined;
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(options: ReplyBufferOptions) {
    this.#options = options;
    const { length, headerBytes } = options;
    if (length === undefined) return;
    this.#check(length);
    this.#whole = alignedBytes(length, headerBytes);
  }

  add(chunk: Uint8Array): void {
    const start = this.#bytes;
    this.#bytes += chunk.byteLength;
    if (this.#whole) {
      this.#whole.set(chunk, start);
    } else {
      this.#check(this.#bytes);
      this.#chunks.push(chunk);
    }
  }

  /** The whole body. The buffer is empty afterwards. */
  take(): Uint8Array {
    if (this.#whole) return this.#whole.subarray(0, this.#bytes);
    const whole = alignedBytes(this.#bytes, this.#options.headerBytes);
    let start = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, start);
      start += chunk.byteLength;
    }
    this.#chunks = [];
    return whole;
  }

  #check(bytes: number): void {
    const { maxBytes, context } = this.#options;
    if (bytes <= maxBytes) return;
    const size = this.#options.length === undefined ? `more than ${maxBytes}` : bytes;
    throw new ResponseTooLargeError({
      ...context,
      message: `The answer of ${context.server} has ${size} bytes, above the limit of ${maxBytes}.`,
      hint: 'Ask for fewer outputs, or raise `maxResponseBytes`.',
    });
  }
}

/** Bytes not yet written, of which those from `headerBytes` on begin at a multiple of 8 in their ArrayBuffer. */
export function alignedBytes(length: number, headerBytes = 0): Uint8Array {
  const padding = (alignment - (headerBytes % alignment)) % alignment;
  // Not from Node's pool: small views of it would keep a whole block of other calls' bytes.
  return Buffer.allocUnsafeSlow(padding + length).subarray(padding);
}
