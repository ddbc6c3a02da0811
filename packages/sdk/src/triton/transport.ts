import type {
  LogSettings,
  ModelConfig,
  ModelMetadata,
  ModelStatistics,
  RepositoryEntry,
  ServerMetadata,
  TraceSettings,
} from './server-documents.ts';
import type { InferRequest, InferResponse, Tensor } from './wire/tensor.ts';

/** W3C Trace Context: https://www.w3.org/TR/trace-context/ */
export interface TraceContext {
  /** `00-<32 hex>-<16 hex>-<2 hex>`. */
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** What goes along with one call over either transport. Headers are complete: token and trace are among them. */
export interface TransportCall {
  /** Aborting rejects with the signal's reason. Over gRPC the server is told and stops; over HTTP it is not. */
  readonly signal?: AbortSignal;
  /** Milliseconds from the call to the whole response (of a stream: between two responses). */
  readonly timeoutMs: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Streams over HTTP travel as JSON, which holds no bytes. `base64`: BYTES that are not UTF-8 go as base64, for models
   * that take either. Default `refuse`: such a request is `grpc-required`.
   */
  readonly binaryInJson?: 'base64' | 'refuse';
}

/** The model repository's own way of loading. */
export interface LoadOptions {
  /** Replaces the model's config.pbtxt, as JSON. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Override files by path: `'1/model.py'`. Need `config`. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** KServe v2 with Triton's extensions, to one server over one wire. Every method rejects with a `TritonError` or the signal's reason. */
export interface Transport {
  readonly kind: 'http' | 'grpc';
  /** Where it goes, without credentials, for errors. */
  readonly server: string;
  infer(request: InferRequest, call: TransportCall): Promise<InferResponse>;
  /** Every response of a decoupled model as it comes. Ending the iteration early cancels. */
  stream(request: InferRequest, call: TransportCall): AsyncIterable<InferResponse>;
  live(call: TransportCall): Promise<boolean>;
  ready(call: TransportCall): Promise<boolean>;
  modelReady(model: string, version: string | undefined, call: TransportCall): Promise<boolean>;
  serverMetadata(call: TransportCall): Promise<ServerMetadata>;
  modelMetadata(model: string, version: string | undefined, call: TransportCall): Promise<ModelMetadata>;
  modelConfig(model: string, version: string | undefined, call: TransportCall): Promise<ModelConfig>;
  /** Of all models without a name. */
  statistics(model: string | undefined, version: string | undefined, call: TransportCall): Promise<ModelStatistics[]>;
  repositoryIndex(call: TransportCall): Promise<RepositoryEntry[]>;
  load(model: string, options: LoadOptions, call: TransportCall): Promise<void>;
  unload(model: string, options: { readonly dependents?: boolean }, call: TransportCall): Promise<void>;
  /** Reads the settings, or changes those given (null resets one) and answers with all. */
  traceSettings(
    model: string | undefined,
    change: TraceSettings | undefined,
    call: TransportCall,
  ): Promise<TraceSettings>;
  logSettings(change: LogSettings | undefined, call: TransportCall): Promise<LogSettings>;
  /** Ends open calls and closes connections. */
  close(): Promise<void>;
}

/** The cheapest inference there is: the model's one input as the whole body, without a header. For one encoded picture. */
export interface RawInferRequest {
  readonly model: string;
  readonly version?: string;
  /** Datatype and shape are the model's own; BYTES must be one element of shape [1]. */
  readonly input: Tensor;
}

/** What only HTTP can do as well. */
export interface HttpTransport extends Transport {
  inferRaw(request: RawInferRequest, call: TransportCall): Promise<InferResponse>;
}

/** Settings that both transports take. */
export interface TransportOptions {
  /** Origin: `http://gpu-box:8000`, `https://...`. */
  readonly url: string;
  readonly tls?: TlsOptions;
  /** Open connections at most (HTTP). Default 64. */
  readonly connections?: number;
  /** Bytes of one request. Default 64 MiB, what a server takes unless told otherwise. */
  readonly maxRequestBytes?: number;
  /** Bytes of one response. Default 512 MiB. */
  readonly maxResponseBytes?: number;
}

/** Certificates as PEM text. */
export interface TlsOptions {
  /** Authorities to trust instead of the system's. */
  readonly ca?: string;
  /** The client's own certificate and key, where the server asks for them. */
  readonly cert?: string;
  readonly key?: string;
  /** The name that the server's certificate must carry, where it is not the host of the URL. */
  readonly serverName?: string;
}
