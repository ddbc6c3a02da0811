import { afterEach, expect } from 'vitest';
import { TritonError } from '../../errors.ts';
import type { Transport, TransportOptions } from '../../transport.ts';
import { createHttpTransport } from '../http-transport.ts';
import { call, floats, rejection } from './calls.ts';
import { type FakeRequest, type FakeServer, startFakeServer } from './fake-server.ts';
import { metadataReply } from './replies.ts';

/** A fake server and a transport to it, for one test each. */
export class FakePair {
  #fake: FakeServer | undefined;
  #transport: Transport | undefined;

  get fake(): FakeServer {
    if (!this.#fake) throw new Error('serve() first');
    return this.#fake;
  }

  get transport(): Transport {
    if (!this.#transport) throw new Error('serve() first');
    return this.#transport;
  }

  async serve(
    answer: (request: FakeRequest) => void,
    options: Partial<TransportOptions> = {},
    onHead?: Parameters<typeof startFakeServer>[1],
  ): Promise<void> {
    this.#fake = await startFakeServer(answer, onHead);
    this.#transport = createHttpTransport({ ...options, url: this.#fake.url + (options.url ?? '') });
  }

  /** Answers for the metadata; `stream` for the rest. */
  async serveStream(stream: (request: FakeRequest) => void, options: Partial<TransportOptions> = {}): Promise<void> {
    await this.serve((request) => {
      if (request.line.startsWith('GET')) request.socket.write(metadataReply);
      else stream(request);
    }, options);
  }

  infer(timeoutMs = 10_000) {
    return this.transport.infer(floats(4), { ...call, timeoutMs });
  }

  /** The error of a call that must not leave its socket open. */
  async fault(promise: Promise<unknown> = this.infer()): Promise<TritonError> {
    const error = await rejection(promise);
    await this.fake.untilNoneOpen();
    if (error instanceof TritonError) return error;
    throw error;
  }

  /** The only socket left may be the idle one that the metadata came on. */
  async expectStreamGone(): Promise<void> {
    const until = performance.now() + 2_000;
    while (this.fake.open > 1 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(this.fake.open).toBeLessThanOrEqual(1);
  }

  /** Nothing is left open when the transport is closed. */
  async end(): Promise<void> {
    await this.#transport?.close();
    await this.#fake?.untilNoneOpen();
    await this.#fake?.close();
    this.#fake = undefined;
    this.#transport = undefined;
  }
}

export function withFakeServer(): FakePair {
  const pair = new FakePair();
  afterEach(() => pair.end());
  return pair;
}
