import { AtelierError, type AtelierErrorCode } from '../errors/atelier-error.ts';

/** Where and with what a call to a server failed. Never holds tensors, headers or credentials. */
export interface TritonErrorContext {
  /** Origin of the server, without credentials: `http://gpu-box:8000`. */
  readonly server?: string;
  readonly model?: string;
  /** HTTP status, or the name of the gRPC status: `503`, `'UNAVAILABLE'`. */
  readonly status?: number | string;
  /** What the server itself said, cut to 2,000 characters. */
  readonly serverMessage?: string;
  /** Milliseconds after which the server wants to be asked again (`retry-after`). */
  readonly retryAfterMs?: number;
}

interface TritonErrorOptions extends TritonErrorContext {
  /** See `TritonError.mayHaveRun`. Default true: only what is certain is said. */
  readonly mayHaveRun?: boolean;
  readonly message: string;
  readonly hint?: string;
  readonly cause?: unknown;
}

const longestMessage = 2_000;

/** What every error of the Triton client has in common. `code` and `isRetryable` are fixed by its class. */
export abstract class TritonError extends AtelierError {
  readonly server: string | undefined;
  readonly model: string | undefined;
  readonly status: number | string | undefined;
  readonly serverMessage: string | undefined;
  /** False where it is certain that the model was not run: then any call may be made again, not only an idempotent one. */
  readonly mayHaveRun: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: AtelierErrorCode, isRetryable: boolean, options: TritonErrorOptions) {
    const { message, hint, cause, server, model, status, retryAfterMs } = options;
    const serverMessage = options.serverMessage?.slice(0, longestMessage);
    super({ code, isRetryable, message, hint, cause, details: { server, model, status, serverMessage, retryAfterMs } });
    this.server = server;
    this.model = model;
    this.status = status;
    this.serverMessage = serverMessage;
    this.mayHaveRun = options.mayHaveRun ?? true;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No server answers: refused, no such host, no route. Nothing was run, so trying again is safe. */
export class ServerUnreachableError extends TritonError {
  override readonly name = 'ServerUnreachableError';
  constructor(options: TritonErrorOptions) {
    super('server-unreachable', true, { ...options, mayHaveRun: false });
  }
}

/** The connection broke after the request went out. It may have run: only what is idempotent is tried again. */
export class ConnectionLostError extends TritonError {
  override readonly name = 'ConnectionLostError';
  constructor(options: TritonErrorOptions) {
    super('connection-lost', true, options);
  }
}

/** The certificate does not match the address, is not trusted or has expired. */
export class CertificateInvalidError extends TritonError {
  override readonly name = 'CertificateInvalidError';
  constructor(options: TritonErrorOptions) {
    super('certificate-invalid', false, { ...options, mayHaveRun: false });
  }
}

/** No answer within `timeoutMs`. It may still be running there. */
export class TimedOutError extends TritonError {
  override readonly name = 'TimedOutError';
  constructor(options: TritonErrorOptions) {
    super('timed-out', true, options);
  }
}

/**
 * 503, UNAVAILABLE, RESOURCE_EXHAUSTED. `mayHaveRun` is false where Triton itself says that its queue is full or that it is
 * stopping; a model or a proxy may say the same after it has worked.
 */
export class ServerUnavailableError extends TritonError {
  override readonly name = 'ServerUnavailableError';
  constructor(options: TritonErrorOptions) {
    super('server-unavailable', true, options);
  }
}

/** 401, 403. */
export class AccessDeniedError extends TritonError {
  override readonly name = 'AccessDeniedError';
  constructor(options: TritonErrorOptions) {
    super('access-denied', false, options);
  }
}

/** The server knows no such model or version. */
export class ModelNotFoundError extends TritonError {
  override readonly name = 'ModelNotFoundError';
  constructor(options: TritonErrorOptions) {
    super('model-not-found', false, options);
  }
}

/** The model is known and not ready: loading, unloaded, or it failed to load. */
export class ModelNotReadyError extends TritonError {
  override readonly name = 'ModelNotReadyError';
  constructor(options: TritonErrorOptions) {
    super('model-not-ready', true, options);
  }
}

/** The server found the request wrong: 400, INVALID_ARGUMENT. */
export class RequestRejectedError extends TritonError {
  override readonly name = 'RequestRejectedError';
  constructor(options: TritonErrorOptions) {
    super('request-rejected', false, options);
  }
}

/** 501, UNIMPLEMENTED: a streaming model called for one response, or an API that is switched off. */
export class RequestUnsupportedError extends TritonError {
  override readonly name = 'RequestUnsupportedError';
  constructor(options: TritonErrorOptions) {
    super('request-unsupported', false, options);
  }
}

/** The model raised an error, or an event of a stream carried one. Mostly deterministic, so not retryable. */
export class ModelFailedError extends TritonError {
  override readonly name = 'ModelFailedError';
  constructor(options: TritonErrorOptions) {
    super('model-failed', false, options);
  }
}

/** What came back is not what KServe v2 allows: lengths, datatypes, shapes or JSON that do not fit together. */
export class ResponseInvalidError extends TritonError {
  override readonly name = 'ResponseInvalidError';
  constructor(options: TritonErrorOptions) {
    super('response-invalid', false, options);
  }
}

/** More bytes than the server takes (`--http-max-input-size`, 64 MiB by default). */
export class RequestTooLargeError extends TritonError {
  override readonly name = 'RequestTooLargeError';
  constructor(options: TritonErrorOptions) {
    super('request-too-large', false, options);
  }
}

/** More bytes than `maxResponseBytes`. */
export class ResponseTooLargeError extends TritonError {
  override readonly name = 'ResponseTooLargeError';
  constructor(options: TritonErrorOptions) {
    super('response-too-large', false, options);
  }
}

/** The call needs gRPC, and the client was told to use HTTP only or no gRPC port answers. */
export class GrpcRequiredError extends TritonError {
  override readonly name = 'GrpcRequiredError';
  constructor(options: TritonErrorOptions) {
    super('grpc-required', false, { ...options, mayHaveRun: false });
  }
}

/** The server's cache does not hold the picture any more (SAM key protocol). The backend sends it again by itself. */
export class ImageNotCachedError extends TritonError {
  override readonly name = 'ImageNotCachedError';
  constructor(options: TritonErrorOptions) {
    super('image-not-cached', false, options);
  }
}

/** What the caller gave cannot be used: options, addresses, headers, tensors. Found before anything is sent. Code `invalid-input`. */
export class InvalidInputError extends TritonError {
  override readonly name = 'InvalidInputError';
  constructor(options: TritonErrorOptions) {
    super('invalid-input', false, { ...options, mayHaveRun: false });
  }
}
