import type { IncomingHttpHeaders } from 'node:http';
import { createParser } from 'eventsource-parser';
import type { Dispatcher } from 'undici';
import { type CallContext, errorOfEvent } from '../../error-of-status.ts';
import { ConnectionLostError, GrpcRequiredError, ResponseInvalidError, ResponseTooLargeError } from '../../errors.ts';
import type { TransportCall } from '../../transport.ts';
import { CallLife } from '../call-life.ts';
import { connectionError } from '../connection-error.ts';
import { ReplyBuffer } from '../reply-buffer.ts';
import { errorText, replyError } from '../reply-error.ts';
import { type ReplyHead, readReplyHead } from '../reply-head.ts';
import { EventFeed } from './event-feed.ts';

interface EventExchangeOptions {
  readonly context: CallContext;
  readonly maxBytes: number;
}

/** One streamed reply: server-sent events go to the feed as their bytes come, anything else is an error. */
export class EventExchange implements Dispatcher.DispatchHandler {
  readonly feed: EventFeed;
  readonly #options: EventExchangeOptions;
  readonly #life: CallLife;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #parser = createParser({
    onEvent: ({ data }) => this.#onEvent(data),
    onError: ({ type }) => this.#onParseError(type),
  });
  #controller: Dispatcher.DispatchController | undefined;
  #head: ReplyHead | undefined;
  /** The body of a reply that is no stream. */
  #body: ReplyBuffer | undefined;
  /** The last characters of the stream, to tell whether it ends between two events. */
  #tail = '\n\n';
  /** Characters since the last event. */
  #pending = 0;

  constructor(call: TransportCall, options: EventExchangeOptions) {
    this.#options = options;
    this.feed = new EventFeed(() => this.#onEmpty());
    this.#life = new CallLife(call, options.context, (reason) => {
      if (call.signal?.aborted) this.feed.drop();
      this.feed.fail(reason);
    });
  }

  /** The reader wants no more. */
  cancel(): void {
    this.#life.cancel();
    this.feed.drop();
    this.feed.end();
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    this.#life.onRequestStart(controller);
  }

  onResponseStart(_controller: unknown, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return;
    this.#guard(() => {
      const { context, maxBytes } = this.#options;
      const head = readReplyHead(status, headers, context);
      this.#head = head;
      if (head.encoding !== undefined) {
        const message = `${context.server} compressed a stream, which nobody asked for.`;
        throw new ResponseInvalidError({ ...context, message, hint: 'Switch compression off in the proxy.' });
      }
      const isStream = status === 200 && head.contentType === 'text/event-stream';
      if (!isStream) this.#body = new ReplyBuffer({ ...head, maxBytes, context });
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#guard(() => {
      if (this.#body) this.#body.add(chunk);
      else this.#feedText(this.#decode(chunk));
    });
    if (this.feed.isFull) controller.pause();
  }

  onResponseEnd(): void {
    this.#guard(() => {
      if (this.#body) throw this.#bodyError();
      this.#feedText(this.#decode(undefined));
      if (!this.#tail.replace(/\r\n?/g, '\n').endsWith('\n\n')) {
        const { context } = this.#options;
        const message = `The stream of ${context.server} ended in the middle of an event.`;
        throw new ConnectionLostError({ ...context, message });
      }
      if (this.#life.finish()) this.feed.end();
    });
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.#life.fail(connectionError(error, this.#life.sent, this.#options.context));
  }

  #decode(chunk: Buffer | undefined): string {
    try {
      return this.#decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      const { context } = this.#options;
      throw new GrpcRequiredError({
        ...context,
        message: `The model ${context.model} answers with bytes that are not UTF-8, which a stream over HTTP cannot carry.`,
        hint: "Open the server's gRPC port (8001 by default) and give it as `grpcUrl`.",
      });
    }
  }

  #feedText(text: string): void {
    if (text === '') return;
    this.#tail = (this.#tail + text.slice(-4)).slice(-4);
    this.#pending += text.length;
    this.#parser.feed(text);
    const { context, maxBytes } = this.#options;
    if (this.#pending <= maxBytes) return;
    const message = `An event of ${context.server} is longer than the limit of ${maxBytes} bytes.`;
    throw new ResponseTooLargeError({ ...context, message, hint: 'Raise `maxResponseBytes`.' });
  }

  #onEvent(data: string): void {
    if (this.#life.ended) return;
    this.#pending = 0;
    this.feed.push(data);
    // The time that a slow reader takes is not the server's.
    if (this.feed.isEmpty) this.#life.startTimer();
    else this.#life.stopTimer();
  }

  #onParseError(type: string): void {
    const { context } = this.#options;
    const message = `${context.server} sent a line that is no server-sent event (${type}).`;
    this.#life.fail(new ResponseInvalidError({ ...context, message }));
  }

  #onEmpty(): void {
    this.#life.startTimer();
    this.#controller?.resume();
  }

  /** A reply that is no stream is an error, under 200 too. */
  #bodyError(): Error {
    const { context } = this.#options;
    if (!this.#head || !this.#body) return new ResponseInvalidError({ ...context, message: 'There is no answer.' });
    const reply = { ...this.#head, body: this.#body.take() };
    if (reply.status !== 200) return replyError(reply, context);
    const words = errorText(new TextDecoder().decode(reply.body));
    if (words !== undefined) return errorOfEvent(words, context);
    const message = `${context.server} did not answer with a stream but with ${reply.contentType || 'no content type'}.`;
    return new ResponseInvalidError({ ...context, status: 200, message });
  }

  #guard(step: () => void): void {
    if (this.#life.ended) return;
    try {
      step();
    } catch (error) {
      this.#life.fail(error);
    }
  }
}
