import { callHeaders } from './call-headers.ts';
import { checkCallOptions, checkClientOptions } from './check-options.ts';
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
import { withoutSecrets } from './without-secrets.ts';

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
  readonly #configs = new Map<string, ModelConfig>();

  /** Throws `invalid-input` for an address that is none and options out of their range. Nothing is connected yet. */
  constructor(options: TritonClientOptions) {
    checkClientOptions(options);
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
      known: () => this.#configs.get(keyOf(name, version)),
      read: (options) => this.#readConfig(name, version, options),
      forget: () => this.#configs.delete(keyOf(name, version)),
      timeoutMs: this.#timeoutOf({}),
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
    checkCallOptions(options);
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
    await this.#everywhere(options, (transport, call) => transport.load(model, load, call));
    this.#configs.clear();
  }

  /** Unloads a model on every server. */
  async unload(
    model: string,
    unload: { readonly dependents?: boolean } = {},
    options: TritonCallOptions = {},
  ): Promise<void> {
    await this.#everywhere(options, (transport, call) => transport.unload(model, unload, call));
    this.#configs.clear();
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
    const call = await this.#transportCall(options, this.#timeoutOf(options));
    try {
      yield* server.stream(request, call, options.transport);
    } catch (error) {
      throw withoutSecrets(error, call.headers);
    }
  }

  /** What only reads may be tried again wherever it broke. */
  async #read<T>(
    options: TritonCallOptions,
    task: (transport: Transport, call: TransportCall) => Promise<T>,
  ): Promise<T> {
    return await this.#call({ ...options, idempotent: true }, task);
  }

  /** One call, tried again where that is safe; all tries together take `timeoutMs` at most. */
  async #call<T>(options: TritonCallOptions, task: Task<T>): Promise<T> {
    options.signal?.throwIfAborted();
    checkCallOptions(options);
    const timeoutMs = this.#timeoutOf(options);
    const deadline = performance.now() + timeoutMs;
    return await this.#pool.run(async (server) => {
      const left = Math.ceil(deadline - performance.now());
      if (left > 0) return await this.#attempt(server, options, left, task);
      throw new TimedOutError({ server: server.url, message: `No answer within ${timeoutMs} ms, in several tries.` });
    }, options);
  }

  /** One call to each server, for what changes servers rather than asks one. Rejects when any of them does. */
  async #everywhere<T>(options: TritonCallOptions, task: Task<T>): Promise<T[]> {
    options.signal?.throwIfAborted();
    checkCallOptions(options);
    const timeoutMs = this.#timeoutOf(options);
    return await Promise.all(this.#servers.map((server) => this.#attempt(server, options, timeoutMs, task)));
  }

  async #attempt<T>(server: TritonServer, options: TritonCallOptions, timeoutMs: number, task: Task<T>): Promise<T> {
    const call = await this.#transportCall(options, timeoutMs);
    try {
      return await task(server.transport(options.transport), call, server);
    } catch (error) {
      throw withoutSecrets(error, call.headers);
    }
  }

  /** Made for each try: a token may have run out meanwhile. */
  async #transportCall(options: TritonCallOptions, timeoutMs: number): Promise<TransportCall> {
    const { signal, binaryInJson } = options;
    return { signal, timeoutMs, headers: await callHeaders(this.#options, options), binaryInJson };
  }

  #timeoutOf({ timeoutMs }: TritonCallOptions): number {
    return timeoutMs ?? this.#options.timeoutMs ?? defaultTimeoutMs;
  }

  async #readConfig(name: string, version: string | undefined, options: TritonCallOptions): Promise<ModelConfig> {
    const config = await this.modelConfig(name, version, options);
    this.#configs.set(keyOf(name, version), config);
    return config;
  }
}

type Task<T> = (transport: Transport, call: TransportCall, server: TritonServer) => Promise<T>;

const keyOf = (name: string, version: string | undefined): string => `${name}/${version ?? ''}`;
