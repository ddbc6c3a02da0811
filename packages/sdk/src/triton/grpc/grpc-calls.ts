import type { z } from 'zod';
import { type CallContext, shorten } from '../error-of-status.ts';
import {
  ModelNotFoundError,
  ModelNotReadyError,
  RequestTooLargeError,
  ResponseInvalidError,
  ServerUnavailableError,
} from '../errors.ts';
import type { TransportCall, TransportOptions } from '../transport.ts';
import { CallsInFlight } from './calls-in-flight.ts';
import { openChannel } from './channel.ts';
import { decodeMessage, encodeMessage, methodPath } from './messages.ts';
import { callUnary } from './unary-call.ts';

const mebibyte = 2 ** 20;
const noes = [ModelNotFoundError, ModelNotReadyError, ServerUnavailableError];

/** What all calls to one server share. */
export class GrpcCalls {
  readonly inFlight: CallsInFlight;
  readonly server: string;
  readonly #maxRequestBytes: number;

  constructor(options: TransportOptions) {
    const { channel, sockets, server } = openChannel(options);
    this.inFlight = new CallsInFlight(channel, sockets);
    this.server = server;
    this.#maxRequestBytes = options.maxRequestBytes ?? 64 * mebibyte;
  }

  context(model: string | undefined): CallContext {
    return model === undefined ? { server: this.server } : { server: this.server, model };
  }

  async unary(method: string, message: Buffer, call: TransportCall, context: CallContext): Promise<Buffer> {
    return await callUnary(this.inFlight, methodPath(method), message, call, context);
  }

  /** A method by the names of its messages, which follow from its own. The answer is plain data. */
  async plain(
    method: string,
    request: Readonly<Record<string, unknown>>,
    call: TransportCall,
    model?: string,
  ): Promise<Record<string, unknown>> {
    const context = this.context(model);
    const message = encodeMessage(`${method}Request`, request);
    this.checkRequestSize(message.byteLength, context);
    const bytes = await this.unary(method, message, call, context);
    try {
      return decodeMessage(`${method}Response`, bytes);
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : 'unreadable';
      throw new ResponseInvalidError({ ...context, message: `${this.server} answered with another message: ${why}.` });
    }
  }

  /** Whether a health check says yes. No is an answer too: a server that is stopping gives it as an error. */
  async answersYes(
    method: string,
    request: Readonly<Record<string, unknown>>,
    field: 'live' | 'ready',
    call: TransportCall,
    model?: string,
  ): Promise<boolean> {
    try {
      return (await this.plain(method, request, call, model))[field] === true;
    } catch (error) {
      if (noes.some((no) => error instanceof no)) return false;
      throw error;
    }
  }

  /** Data from a server in the shape of a document. Throws `ResponseInvalidError` naming the field that does not fit. */
  parse<Schema extends z.ZodType>(value: unknown, schema: Schema, model?: string): z.infer<Schema> {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const field = shorten(issue?.path.join('.') || 'the document itself');
    throw new ResponseInvalidError({
      ...this.context(model),
      message: `${this.server} answered with a document that does not fit: ${field}: ${shorten(issue?.message ?? 'it is another document')}.`,
    });
  }

  checkRequestSize(bytes: number, context: CallContext): void {
    if (bytes <= this.#maxRequestBytes) return;
    throw new RequestTooLargeError({
      ...context,
      message: `The request has ${bytes} bytes, above the limit of ${this.#maxRequestBytes}.`,
      hint: 'Send encoded pictures instead of pixels, or raise `maxRequestBytes`.',
    });
  }
}
