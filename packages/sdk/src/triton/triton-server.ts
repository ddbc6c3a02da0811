import { callHeaders } from './call-headers.ts';
import type { TritonClientOptions } from './client-options.ts';
import { GrpcRequiredError, ServerUnreachableError } from './errors.ts';
import { createGrpcTransport } from './grpc/grpc-transport.ts';
import { createHttpTransport } from './http/http-transport.ts';
import type { Origins } from './origins.ts';
import type { PooledServer } from './servers/server-pool.ts';
import type { HttpTransport, Transport, TransportCall } from './transport.ts';
import type { InferRequest, InferResponse } from './wire/tensor.ts';

const probeTimeoutMs = 2_000;
/** How long a gRPC port that nobody answers at is left alone before it is tried again. */
const grpcClosedMs = 30_000;

/** One server of a client, by its two transports. They connect at the first call. */
export class TritonServer implements PooledServer {
  readonly url: string;
  readonly #options: TritonClientOptions;
  readonly #origins: Origins;
  #http: HttpTransport | undefined;
  #grpc: Transport | undefined;
  #grpcClosedUntil = 0;

  constructor(origins: Origins, options: TritonClientOptions) {
    this.url = origins.url;
    this.#origins = origins;
    this.#options = options;
  }

  /** The transport for calls with one response: HTTP unless gRPC is forced. */
  transport(forced = forcedBy(this.#options)): Transport {
    return forced === 'grpc' ? this.grpc() : this.http();
  }

  http(): HttpTransport {
    this.#http ??= createHttpTransport({ ...this.#options, url: this.#origins.url });
    return this.#http;
  }

  /** Throws `GrpcRequiredError` where gRPC is not open. */
  grpc(model?: string): Transport {
    const { grpcUrl } = this.#origins;
    if (grpcUrl === undefined) {
      throw new GrpcRequiredError({
        server: this.url,
        model,
        message: `This call needs gRPC, and the client of ${this.url} uses HTTP only.`,
        hint: "Open the server's gRPC port (8001 by default) and give it as grpcUrl.",
      });
    }
    this.#grpc ??= createGrpcTransport({ ...this.#options, url: grpcUrl });
    return this.#grpc;
  }

  /** Over gRPC; over `/generate_stream` where HTTP is forced, or where only HTTP answers. */
  async *stream(
    request: InferRequest,
    call: TransportCall,
    forced = forcedBy(this.#options),
  ): AsyncGenerator<InferResponse, void> {
    if (forced === 'http' || (!forced && !this.#grpcMayBeOpen())) {
      yield* this.http().stream(request, call);
      return;
    }
    let began = false;
    try {
      for await (const response of this.grpc(request.model).stream(request, call)) {
        began = true;
        yield response;
      }
      return;
    } catch (error) {
      if (began || forced || !(error instanceof ServerUnreachableError)) throw error;
      if (!(await this.#httpLives(call.signal))) throw error;
      this.#grpcClosedUntil = performance.now() + grpcClosedMs;
    }
    yield* this.http().stream(request, call);
  }

  async probe(signal: AbortSignal): Promise<boolean> {
    return await this.transport().ready(await this.#probeCall(signal));
  }

  async close(): Promise<void> {
    await Promise.all([this.#http?.close(), this.#grpc?.close()]);
    this.#http = undefined;
    this.#grpc = undefined;
  }

  async #probeCall(signal: AbortSignal | undefined): Promise<TransportCall> {
    return { signal, timeoutMs: probeTimeoutMs, headers: await callHeaders(this.#options, {}) };
  }

  #grpcMayBeOpen(): boolean {
    return this.#origins.grpcUrl !== undefined && performance.now() >= this.#grpcClosedUntil;
  }

  async #httpLives(signal: AbortSignal | undefined): Promise<boolean> {
    try {
      return await this.http().live(await this.#probeCall(signal));
    } catch {
      signal?.throwIfAborted();
      return false;
    }
  }
}

const forcedBy = ({ transport }: TritonClientOptions): 'http' | 'grpc' | undefined =>
  transport === 'auto' ? undefined : transport;
