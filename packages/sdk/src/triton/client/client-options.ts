import type { LogSettings, TraceSettings } from '../server-documents.ts';
import type { LoadOptions, TlsOptions, TraceContext } from '../transport.ts';

/** One server by its addresses. */
export interface ServerAddress {
  /** HTTP origin: `http://gpu-box:8000`. */
  readonly url: string;
  /** gRPC origin. Default: the same host, the HTTP port + 1. `false`: gRPC is not open. */
  readonly grpcUrl?: string | false;
}

export interface TritonClientOptions {
  /** One server, or several that host the same models. `'http://gpu-box:8000'`, `[{ url, grpcUrl }, ...]`. */
  readonly url: string | ServerAddress | readonly (string | ServerAddress)[];
  /** For a single `url` given as text. */
  readonly grpcUrl?: string | false;
  /**
   * `auto` (default): single responses over HTTP, streams over gRPC (over `/generate_stream` where gRPC is not open).
   * `http` and `grpc` force one for everything.
   */
  readonly transport?: 'auto' | 'http' | 'grpc';
  /** Sent as `authorization: Bearer ...`. A function is asked before every call. Never in errors or logs. */
  readonly token?: string | (() => string | Promise<string>);
  /** Sent with every call on both transports. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly tls?: TlsOptions;
  /** Milliseconds for a whole call; in a stream, until the next response. Default 60,000. */
  readonly timeoutMs?: number;
  /** HTTP connections per server at most. Default 64. */
  readonly connections?: number;
  /** Default 64 MiB, what a server takes unless started with `--http-max-input-size`. */
  readonly maxRequestBytes?: number;
  /** Default 512 MiB. */
  readonly maxResponseBytes?: number;
  /** The trace that a call belongs to, asked before every call: `() => ({ traceparent: '00-...' })`. */
  readonly trace?: () => TraceContext | undefined;
  readonly retry?: RetryOptions;
  readonly breaker?: BreakerOptions;
  /** Milliseconds between health checks where there are several servers. Default 5,000; 0: none. */
  readonly healthCheckMs?: number;
}

/** Only connection faults and 503 are tried again, and what may have run only where the call is `idempotent`. */
export interface RetryOptions {
  /** Tries in all. Default 3; 1: never again. */
  readonly attempts?: number;
  /** Milliseconds before the second try, doubled each time, with full jitter. Default 100. */
  readonly baseDelayMs?: number;
  /** Milliseconds at most between tries. Default 2,000. */
  readonly maxDelayMs?: number;
}

/** A server that fails again and again gets no calls for a while. */
export interface BreakerOptions {
  /** Faults in a row that open it. Default 3. */
  readonly failures?: number;
  /** Milliseconds until one call may try it again. Default 5,000. */
  readonly coolDownMs?: number;
}

/** Options of one call. */
export interface TritonCallOptions {
  /** Aborting rejects with its reason. Over gRPC the model is told to stop; over HTTP it runs on (Triton does not notice). */
  readonly signal?: AbortSignal;
  /** Milliseconds; the client's `timeoutMs` by default. */
  readonly timeoutMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly trace?: TraceContext;
  /** Running it twice does no harm, so it may be tried again after the connection broke. Default false. */
  readonly idempotent?: boolean;
  /** Calls with the same key go to the same server while it is healthy: what it cached is there. */
  readonly routeKey?: string;
  /** Forces the transport of this call. */
  readonly transport?: 'http' | 'grpc';
  /** See `TransportCall.binaryInJson`. */
  readonly binaryInJson?: 'base64' | 'refuse';
}

/** Of a call about one model. */
export interface ModelOptions extends TritonCallOptions {
  /** Digits. Default: the server's choice by the model's version policy. */
  readonly version?: string;
}

export interface StatisticsOptions extends ModelOptions {
  /** Default: all models. */
  readonly model?: string;
}

export interface LoadCallOptions extends TritonCallOptions, LoadOptions {}

export interface UnloadOptions extends TritonCallOptions {
  /** Unload the models that only this one, an ensemble, needed too. Default false. */
  readonly dependents?: boolean;
}

export interface TraceSettingsOptions extends TritonCallOptions {
  /** The settings of one model. Default: the server's own. */
  readonly model?: string;
  /** Changed on every server before it answers; null resets one. */
  readonly change?: TraceSettings;
}

export interface LogSettingsOptions extends TritonCallOptions {
  /** Changed on every server before it answers. */
  readonly change?: LogSettings;
}
