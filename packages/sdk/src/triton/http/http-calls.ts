import type { Pool } from 'undici';
import type { CallContext } from '../error-of-status.ts';
import { RequestTooLargeError } from '../errors.ts';
import type { TransportCall, TransportOptions } from '../transport.ts';
import type { Address } from './address.ts';
import { exchange, type HttpRequest, type Reply } from './exchange.ts';
import { positive } from './positive.ts';
import { replyError } from './reply-error.ts';

const mebibyte = 1024 * 1024;

/** What all calls to one server share. */
export class HttpCalls {
  readonly address: Address;
  readonly dispatcher: Pool;
  readonly maxRequestBytes: number;
  readonly maxResponseBytes: number;

  constructor(address: Address, dispatcher: Pool, options: TransportOptions) {
    this.address = address;
    this.dispatcher = dispatcher;
    this.maxRequestBytes = positive(options.maxRequestBytes ?? 64 * mebibyte, 'maxRequestBytes');
    this.maxResponseBytes = positive(options.maxResponseBytes ?? 512 * mebibyte, 'maxResponseBytes');
  }

  /** The same request under the server's prefix. */
  at(request: HttpRequest): HttpRequest {
    return { ...request, path: this.address.prefix + request.path };
  }

  context(model: string | undefined): CallContext {
    return model === undefined ? { server: this.address.server } : { server: this.address.server, model };
  }

  /** The reply, whatever its status. */
  async reply(request: HttpRequest, call: TransportCall, context: CallContext): Promise<Reply> {
    const { dispatcher, maxResponseBytes: maxBytes } = this;
    return await exchange(this.at(request), call, { dispatcher, maxBytes, context });
  }

  /** The reply, if it is 200; its error is thrown otherwise. */
  async success(request: HttpRequest, call: TransportCall, context: CallContext): Promise<Reply> {
    const reply = await this.reply(request, call, context);
    if (reply.status === 200) return reply;
    throw replyError(reply, context);
  }

  checkRequestSize(bytes: number, context: CallContext): void {
    if (bytes <= this.maxRequestBytes) return;
    throw new RequestTooLargeError({
      ...context,
      message: `The request has ${bytes} bytes, above the limit of ${this.maxRequestBytes}.`,
      hint: 'Send encoded pictures instead of pixels, or raise `maxRequestBytes` and the server’s --http-max-input-size.',
    });
  }
}
