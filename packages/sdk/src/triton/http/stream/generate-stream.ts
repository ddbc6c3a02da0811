import type { ModelMetadata } from '../../server-documents.ts';
import type { TransportCall } from '../../transport.ts';
import { checkInferRequest, type InferRequest, type InferResponse } from '../../wire/index.ts';
import { dispatch } from '../exchange.ts';
import type { HttpCalls } from '../http-calls.ts';
import { modelPath } from '../paths.ts';
import { EventExchange } from './event-exchange.ts';
import { generateRequestJson } from './generate-request.ts';
import { readGenerateEvent } from './generate-response.ts';
import type { ModelMetadataCache } from './model-metadata-cache.ts';

interface Opened {
  readonly exchange: EventExchange;
  readonly metadata: ModelMetadata;
}

const done = { done: true, value: undefined } as const;

/**
 * `POST /v2/models/<model>/generate_stream`, opened when the first response is asked for. An iterator written out, not a
 * generator: ending a generator waits until the response that it is waiting for has come.
 */
export class GenerateStream implements AsyncIterableIterator<InferResponse> {
  readonly #calls: HttpCalls;
  readonly #cache: ModelMetadataCache;
  readonly #request: InferRequest;
  readonly #call: TransportCall;
  #opening: Promise<Opened | undefined> | undefined;
  #exchange: EventExchange | undefined;
  #isDone = false;

  constructor(calls: HttpCalls, cache: ModelMetadataCache, request: InferRequest, call: TransportCall) {
    this.#calls = calls;
    this.#cache = cache;
    this.#request = request;
    this.#call = call;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<InferResponse, undefined>> {
    if (this.#isDone) return done;
    try {
      // Of a stream that came whole before it was read, the rest is not wanted either.
      this.#call.signal?.throwIfAborted();
      this.#opening ??= this.#open();
      const opened = await this.#opening;
      const event = await opened?.exchange.feed.next();
      if (opened === undefined || event === undefined) return await this.return();
      const { outputs } = this.#request;
      const context = this.#calls.context(this.#request.model);
      return { done: false, value: readGenerateEvent(event, { metadata: opened.metadata, outputs, context }) };
    } catch (error) {
      await this.return();
      throw error;
    }
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#isDone = true;
    this.#exchange?.cancel();
    return done;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  /** `undefined` where the reader ended it meanwhile. */
  async #open(): Promise<Opened | undefined> {
    const calls = this.#calls;
    const call = this.#call;
    const request = this.#request;
    const { model, version } = request;
    checkInferRequest(request);
    const context = calls.context(model);
    const metadata = await this.#cache.get(model, version, call);
    const json = generateRequestJson(request, { metadata, binaryInJson: call.binaryInJson ?? 'refuse', context });
    const body = Buffer.from(json);
    calls.checkRequestSize(body.byteLength, context);
    if (this.#isDone) return undefined;
    const exchange = new EventExchange(call, { context, maxBytes: calls.maxResponseBytes });
    this.#exchange = exchange;
    const headers = { ...call.headers, 'content-type': 'application/json' };
    const path = `${modelPath(model, version)}/generate_stream`;
    dispatch(calls.at({ method: 'POST', path, headers, body }), calls.dispatcher, exchange);
    return { exchange, metadata };
  }
}
