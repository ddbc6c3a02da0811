import { TimedOutError } from '../errors.ts';
import { createModelClient, type ModelOf } from '../models/create-model-client.ts';
import type { AnyModels } from '../models/model-types.ts';
import type {
  LogSettings,
  ModelConfig,
  ModelMetadata,
  ModelStatistics,
  RepositoryEntry,
  ServerMetadata,
  TraceSettings,
} from '../server-documents.ts';
import { ServerPool, type ServerState } from '../servers/server-pool.ts';
import type { RawInferRequest, Transport, TransportCall } from '../transport.ts';
import type { InferRequest, InferResponse } from '../wire/tensor.ts';
import { callHeaders } from './call-headers.ts';
import { checkCallOptions, checkClientOptions } from './check-options.ts';
import type {
  LoadCallOptions,
  LogSettingsOptions,
  ModelOptions,
  StatisticsOptions,
  TraceSettingsOptions,
  TritonCallOptions,
  TritonClientOptions,
  UnloadOptions,
} from './client-options.ts';
import { originsOf } from './origins.ts';
import { StoppableStream, type TritonStream } from './stoppable-stream.ts';
import { TritonServer } from './triton-server.ts';
import { within } from './within.ts';
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

  /** Every response of a decoupled model as it comes. Ending the iteration early stops the model at once (over gRPC). */
  stream(request: InferRequest, options: TritonCallOptions = {}): TritonStream<InferResponse> {
    return new StoppableStream((signal) => this.#stream(request, { ...options, signal }), options.signal);
  }

  /** Whether the server runs at all. */
  async live(options: TritonCallOptions = {}): Promise<boolean> {
    return await this.#read(options, (transport, call) => transport.live(call));
  }

  /** Whether the server and its models take requests. */
  async ready(options: TritonCallOptions = {}): Promise<boolean> {
    return await this.#read(options, (transport, call) => transport.ready(call));
  }

  async modelReady(model: string, options: ModelOptions = {}): Promise<boolean> {
    return await this.#read(options, (transport, call) => transport.modelReady(model, options.version, call));
  }

  async serverMetadata(options: TritonCallOptions = {}): Promise<ServerMetadata> {
    return await this.#read(options, (transport, call) => transport.serverMetadata(call));
  }

  async modelMetadata(model: string, options: ModelOptions = {}): Promise<ModelMetadata> {
    return await this.#read(options, (transport, call) => transport.modelMetadata(model, options.version, call));
  }

  async modelConfig(model: string, options: ModelOptions = {}): Promise<ModelConfig> {
    return await this.#read(options, (transport, call) => transport.modelConfig(model, options.version, call));
  }

  /** Counts and times since each model was loaded. Of one server: where there are several, give each its own client. */
  async statistics(options: StatisticsOptions = {}): Promise<ModelStatistics[]> {
    const { model, version } = options;
    return await this.#read(options, (transport, call) => transport.statistics(model, version, call));
  }

  /** Every model in the repository, loaded or not. */
  async repositoryIndex(options: TritonCallOptions = {}): Promise<RepositoryEntry[]> {
    return await this.#read(options, (transport, call) => transport.repositoryIndex(call));
  }

  /** Loads a model, or loads it again, on every server. */
  async load(model: string, options: LoadCallOptions = {}): Promise<void> {
    const { config, files } = options;
    await this.#everywhere(options, (transport, call) => transport.load(model, { config, files }, call));
    this.#configs.clear();
  }

  /** Unloads a model on every server. */
  async unload(model: string, options: UnloadOptions = {}): Promise<void> {
    const { dependents } = options;
    await this.#everywhere(options, (transport, call) => transport.unload(model, { dependents }, call));
    this.#configs.clear();
  }

  /** The trace settings; with `change`, after it was made on every server. */
  async traceSettings(options: TraceSettingsOptions = {}): Promise<TraceSettings> {
    const { model, change } = options;
    const task: Task<TraceSettings> = (transport, call) => transport.traceSettings(model, change, call);
    return change ? (await this.#everywhere(options, task))[0] : await this.#read(options, task);
  }

  /** The log settings; with `change`, after it was made on every server. */
  async logSettings(options: LogSettingsOptions = {}): Promise<LogSettings> {
    const { change } = options;
    const task: Task<LogSettings> = (transport, call) => transport.logSettings(change, call);
    return change ? (await this.#everywhere(options, task))[0] : await this.#read(options, task);
  }

  /** Ends what is open. A closed client connects again at its next call. */
  async close(): Promise<void> {
    await this.#pool.close();
    await Promise.all(this.#servers.map((server) => server.close()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async *#stream(request: InferRequest, options: TritonCallOptions): AsyncGenerator<InferResponse, void> {
    checkCallOptions(options);
    yield* this.#pool.stream((server) => this.#streamFrom(server, request, options), options);
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
  async #read<T>(options: TritonCallOptions, task: Task<T>): Promise<T> {
    return await this.#call({ ...options, idempotent: true }, task);
  }

  /** One call, tried again where that is safe; all tries together take `timeoutMs` at most. */
  async #call<T>(options: TritonCallOptions, task: Task<T>): Promise<T> {
    options.signal?.throwIfAborted();
    checkCallOptions(options);
    const timeoutMs = this.#timeoutOf(options);
    const deadline = performance.now() + timeoutMs;
    return await this.#pool.run(async (server) => {
      if (performance.now() < deadline) return await this.#attempt(server, options, deadline, task);
      throw new TimedOutError({ server: server.url, message: `No answer within ${timeoutMs} ms, in several tries.` });
    }, options);
  }

  /** One call to each server, for what changes servers rather than asks one. Rejects when any of them does. */
  async #everywhere<T>(options: TritonCallOptions, task: Task<T>): Promise<T[]> {
    options.signal?.throwIfAborted();
    checkCallOptions(options);
    const deadline = performance.now() + this.#timeoutOf(options);
    return await Promise.all(this.#servers.map((server) => this.#attempt(server, options, deadline, task)));
  }

  async #attempt<T>(server: TritonServer, options: TritonCallOptions, deadline: number, task: Task<T>): Promise<T> {
    const left = () => Math.max(1, Math.ceil(deadline - performance.now()));
    const made = await this.#transportCall(options, left());
    // A token that took its time has taken it from the call.
    const call = { ...made, timeoutMs: left() };
    try {
      return await task(server.transport(options.transport), call, server);
    } catch (error) {
      throw withoutSecrets(error, call.headers);
    }
  }

  /** Made for each try: a token may have run out meanwhile. */
  async #transportCall(options: TritonCallOptions, timeoutMs: number): Promise<TransportCall> {
    const { signal, binaryInJson } = options;
    const making = callHeaders(this.#options, options);
    // Only a function of the caller's takes time; other calls need no timer for it.
    const isSlow = typeof this.#options.token === 'function';
    const message = `The token was not there within ${timeoutMs} ms: the request was not sent.`;
    const timedOut = () => new TimedOutError({ message });
    const headers = await (isSlow ? within(making, { signal, timeoutMs, timedOut }) : making);
    return { signal, timeoutMs, headers, binaryInJson };
  }

  #timeoutOf({ timeoutMs }: TritonCallOptions): number {
    return timeoutMs ?? this.#options.timeoutMs ?? defaultTimeoutMs;
  }

  async #readConfig(name: string, version: string | undefined, options: TritonCallOptions): Promise<ModelConfig> {
    const config = await this.modelConfig(name, { ...options, version });
    this.#configs.set(keyOf(name, version), config);
    return config;
  }
}

type Task<T> = (transport: Transport, call: TransportCall, server: TritonServer) => Promise<T>;

const keyOf = (name: string, version: string | undefined): string => `${name}/${version ?? ''}`;
