import { unlessAborted } from '../../image/abort.ts';
import { GrpcRequiredError } from '../errors.ts';
import { createGrpcTransport } from '../grpc/grpc-transport.ts';
import { createHttpTransport } from '../http/http-transport.ts';
import type { PooledServer } from '../servers/server-pool.ts';
import type { HttpTransport, Transport, TransportCall } from '../transport.ts';
import type { InferRequest, InferResponse } from '../wire/tensor.ts';
import { callHeaders } from './call-headers.ts';
import type { TritonClientOptions } from './client-options.ts';
import { GrpcReach } from './grpc-reach.ts';
import type { Origins } from './origins.ts';

const probeTimeoutMs = 2_000;

/** One server of a client, by its two transports. They connect at the first call. */
export class TritonServer implements PooledServer {
  readonly url: string;
  readonly #options: TritonClientOptions;
  readonly #origins: Origins;
  #http: HttpTransport | undefined;
  #grpc: Transport | undefined;
  readonly #reach: GrpcReach;

  constructor(origins: Origins, options: TritonClientOptions) {
    this.url = origins.url;
    this.#origins = origins;
    this.#options = options;
    this.#reach = new GrpcReach(this, () => callHeaders(options, {}));
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
    const overGrpc = forced ? forced === 'grpc' : await this.#hasGrpc(call.signal);
    yield* (overGrpc ? this.grpc(request.model) : this.http()).stream(request, call);
  }

  async probe(signal: AbortSignal): Promise<boolean> {
    const headers = await unlessAborted(callHeaders(this.#options, {}), signal);
    return await this.transport().ready({ signal, timeoutMs: probeTimeoutMs, headers });
  }

  async close(): Promise<void> {
    const transports = [this.#http, this.#grpc];
    // Before waiting: a call that comes meanwhile opens new ones instead of dying with the old.
    this.#http = undefined;
    this.#grpc = undefined;
    await Promise.all(transports.map((transport) => transport?.close()));
  }

  async #hasGrpc(signal: AbortSignal | undefined): Promise<boolean> {
    return this.#origins.grpcUrl !== undefined && (await this.#reach.isOpen(signal));
  }
}

const forcedBy = ({ transport }: TritonClientOptions): 'http' | 'grpc' | undefined =>
  transport === 'auto' ? undefined : transport;
