import { callHeaders } from './call-headers.ts';
import type { TritonCallOptions, TritonClientOptions } from './client-options.ts';
import { TimedOutError } from './errors.ts';
import { createModelClient, type ModelOf } from './models/create-model-client.ts';
import type { AnyModels } from './models/model-types.ts';
import { originsOf } from './origins.ts';
import type {
  LogSettings,
  ModelConfig,
  ModelMetadata,
  ModelStatistics,
  RepositoryEntry,
  ServerMetadata,
  TraceSettings,
} from './server-documents.ts';
import { ServerPool, type ServerState } from './servers/server-pool.ts';
import type { LoadOptions, RawInferRequest, Transport, TransportCall } from './transport.ts';
import { TritonServer } from './triton-server.ts';
import type { InferRequest, InferResponse } from './wire/tensor.ts';

const defaultTimeoutMs = 60_000;

/**
 * A client of one or several NVIDIA Triton servers (KServe v2 with Triton's extensions), over HTTP and gRPC.
 *
 * ```ts
 * const client = new TritonClient<Models>({ url: 'http://gpu-box:8000' });   // Models: atelier triton types --url ...
 * const { BOXES } = await client.model('owlv2').infer({ IMAGE: jpeg, PHRASES: ['a cup'], THRESHOLD: 0.2 });
 * ```
 *
 * Every method rejects with a `TritonError` of a stable code, or with the reason of the signal that stopped it. It connects
 * at the first call; `close()` ends what is open, and `await using` does it by itself.
 */
export class TritonClient<Models extends object = AnyModels> implements AsyncDisposable {
  readonly #options: TritonClientOptions;
  readonly #pool: ServerPool<TritonServer>;
  readonly #servers: readonly TritonServer[];
  /** Configurations of models that were read once, by name and version. */
  readonly #configs = new Map<string, Promise<ModelConfig>>();

  /** Throws `invalid-input` for an address that is none. Nothing is connected yet. */
  constructor(options: TritonClientOptions) {
    this.#options = options;
    this.#servers = originsOf(options).map((origins) => new TritonServer(origins, options));
    this.#pool = new ServerPool(this.#servers, options);
  }

  /** What the client thinks of its servers: calls under way, and whether calls go there. */
  get servers(): readonly ServerState[] {
    return this.#pool.servers;
  }

  /** One model with its own types: values are converted and checked against its configuration, which is read once. */
  model<Name extends keyof Models & string>(name: Name, version?: string): ModelOf<Models, Name> {
    return createModelClient<Models, Name>(this, name, version, {
      read: () => this.#config(name, version),
      forget: () => this.#configs.delete(keyOf(name, version)),
    });
  }

  /**
   * One response, from tensors that say everything themselves. They are sent from where they lie: do not change them before
   * the call has ended.
   */
  async infer(request: InferRequest, options: TritonCallOptions = {}): Promise<InferResponse> {
    return await this.#call(options, (transport, call) => transport.infer(request, call));
  }

  /**
   * One response of a model with exactly one input, which is sent as it is: no header, no length, always over HTTP. The
   * server takes it as a batch of one. For models made for it: one encoded picture in.
   */
  async inferRaw(request: RawInferRequest, options: TritonCallOptions = {}): Promise<InferResponse> {
    const overHttp = { ...options, transport: 'http' as const };
    return await this.#call(overHttp, (_transport, call, server) => server.http().inferRaw(request, call));
  }

  /** Every response of a decoupled model as it comes. Ending the iteration early stops the model (over gRPC). */
  async *stream(request: InferRequest, options: TritonCallOptions = {}): AsyncGenerator<InferResponse, void> {
    options.signal?.throwIfAborted();
    yield* this.#pool.stream((server) => this.#streamFrom(server, request, options), options);
  }

  /** Whether the server runs at all. */
  async live(options: TritonCallOptions = {}): Promise<boolean> {
    return await this.#read(options, (transport, call) => transport.live(call));
  }

  /** Whether the server and its models take requests. */
  async ready(options: TritonCallOptions = {}): Promise<boolean> {
    return await this.#read(options, (transport, call) => transport.ready(call));
  }

  async modelReady(model: string, version?: string, options: TritonCallOptions = {}): Promise<boolean> {
    return await this.#read(options, (transport, call) => transport.modelReady(model, version, call));
  }

  async serverMetadata(options: TritonCallOptions = {}): Promise<ServerMetadata> {
    return await this.#read(options, (transport, call) => transport.serverMetadata(call));
  }

  async modelMetadata(model: string, version?: string, options: TritonCallOptions = {}): Promise<ModelMetadata> {
    return await this.#read(options, (transport, call) => transport.modelMetadata(model, version, call));
  }

  async modelConfig(model: string, version?: string, options: TritonCallOptions = {}): Promise<ModelConfig> {
    return await this.#read(options, (transport, call) => transport.modelConfig(model, version, call));
  }

  /** Counts and times since each model was loaded; of all models without a name. Of one server: give each its own client. */
  async statistics(model?: string, version?: string, options: TritonCallOptions = {}): Promise<ModelStatistics[]> {
    return await this.#read(options, (transport, call) => transport.statistics(model, version, call));
  }

  /** Every model in the repository, loaded or not. */
  async repositoryIndex(options: TritonCallOptions = {}): Promise<RepositoryEntry[]> {
    return await this.#read(options, (transport, call) => transport.repositoryIndex(call));
  }

  /** Loads a model, or loads it again, on every server. */
  async load(model: string, load: LoadOptions = {}, options: TritonCallOptions = {}): Promise<void> {
    this.#configs.clear();
    await this.#everywhere(options, (transport, call) => transport.load(model, load, call));
  }

  /** Unloads a model on every server. */
  async unload(
    model: string,
    unload: { readonly dependents?: boolean } = {},
    options: TritonCallOptions = {},
  ): Promise<void> {
    this.#configs.clear();
    await this.#everywhere(options, (transport, call) => transport.unload(model, unload, call));
  }

  /** The trace settings (of one model, if named). Those given are changed first, on every server; null resets one. */
  async traceSettings(model?: string, change?: TraceSettings, options: TritonCallOptions = {}): Promise<TraceSettings> {
    const [settings] = await this.#everywhere(options, (transport, call) =>
      transport.traceSettings(model, change, call),
    );
    return settings;
  }

  /** The log settings. Those given are changed first, on every server. */
  async logSettings(change?: LogSettings, options: TritonCallOptions = {}): Promise<LogSettings> {
    const [settings] = await this.#everywhere(options, (transport, call) => transport.logSettings(change, call));
    return settings;
  }

  /** Ends what is open. A closed client connects again at its next call. */
  async close(): Promise<void> {
    await this.#pool.close();
    await Promise.all(this.#servers.map((server) => server.close()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** One try of a stream. `timeoutMs` counts between two responses, so every try has all of it. */
  async *#streamFrom(
    server: TritonServer,
    request: InferRequest,
    options: TritonCallOptions,
  ): AsyncGenerator<InferResponse, void> {
    const { signal, binaryInJson, transport } = options;
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs ?? defaultTimeoutMs;
    const headers = await callHeaders(this.#options, options);
    yield* server.stream(request, { signal, timeoutMs, headers, binaryInJson }, transport);
  }

  /** What only reads may be tried again wherever it broke. */
  async #read<T>(
    options: TritonCallOptions,
    task: (transport: Transport, call: TransportCall) => Promise<T>,
  ): Promise<T> {
    return await this.#call({ idempotent: true, ...options }, task);
  }

  /** One call, tried again where that is safe; all tries together take `timeoutMs` at most. */
  async #call<T>(
    options: TritonCallOptions,
    task: (transport: Transport, call: TransportCall, server: TritonServer) => Promise<T>,
  ): Promise<T> {
    const { signal, binaryInJson } = options;
    signal?.throwIfAborted();
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs ?? defaultTimeoutMs;
    const deadline = performance.now() + timeoutMs;
    return await this.#pool.run(async (server) => {
      // Asked again for each try: a token may have run out meanwhile.
      const headers = await callHeaders(this.#options, options);
      const left = deadline - performance.now();
      if (left <= 0) {
        throw new TimedOutError({ server: server.url, message: `No answer within ${timeoutMs} ms, in several tries.` });
      }
      const call = { signal, timeoutMs: left, headers, binaryInJson };
      return await task(server.transport(options.transport), call, server);
    }, options);
  }

  /** One call to each server, for what changes servers rather than asks one. Rejects when any of them does. */
  async #everywhere<T>(
    options: TritonCallOptions,
    task: (transport: Transport, call: TransportCall) => Promise<T>,
  ): Promise<T[]> {
    const { signal, binaryInJson } = options;
    signal?.throwIfAborted();
    const timeoutMs = options.timeoutMs ?? this.#options.timeoutMs ?? defaultTimeoutMs;
    const headers = await callHeaders(this.#options, options);
    const call = { signal, timeoutMs, headers, binaryInJson };
    return await Promise.all(this.#servers.map((server) => task(server.transport(options.transport), call)));
  }

  #config(name: string, version: string | undefined): Promise<ModelConfig> {
    const key = keyOf(name, version);
    const known = this.#configs.get(key);
    if (known) return known;
    const reading = this.modelConfig(name, version);
    this.#configs.set(key, reading);
    // A failed reading is not remembered.
    reading.catch(() => this.#configs.delete(key));
    return reading;
  }
}

const keyOf = (name: string, version: string | undefined): string => `${name}/${version ?? ''}`;
