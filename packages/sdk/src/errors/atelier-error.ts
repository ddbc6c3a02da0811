const marker = Symbol.for('atelier.error');

/** Stable codes of every error Atelier raises. Programs may branch on them; their meaning does not change within a major version. */
export type AtelierErrorCode =
  /** A value from outside has the wrong shape or range. */
  | 'invalid-input'
  /** The bytes are not a picture that can be decoded (wrong type, empty, truncated, corrupt). */
  | 'image-invalid'
  /** The picture declares more pixels, or the file more bytes, than the limit allows. */
  | 'image-too-large'
  /** A file, image id, mask id, edit or session does not exist. */
  | 'not-found'
  /** A file or URL lies outside what the caller was allowed to read. */
  | 'not-allowed'
  /** The output could not be written. */
  | 'output-not-writable'
  /** The mask is empty, or has another size than its image. */
  | 'mask-invalid'
  /** A phrase names something that the chosen backend cannot recognise; the hint lists what it can. */
  | 'phrase-unknown'
  /** Nothing in the picture matches the phrase. */
  | 'no-match'
  /** Several things match and nobody was there to choose. */
  | 'choice-needed'
  /** No configured backend can do this. */
  | 'capability-unavailable'
  /** A backend was chosen and failed. */
  | 'backend-failed'
  /** Somebody else changed the session meanwhile. */
  | 'conflict'
  /** The brain could not turn the request into a plan. */
  | 'request-not-understood'
  /** The brain failed, or stopped without an answer. */
  | 'brain-failed'
  /** The person, or their deadline, stopped the run. */
  | 'cancelled'
  /** The run reached its limit of steps or of time. Edits made before stay made. */
  | 'budget-exceeded'
  /** The job did not end before its deadline. Edits made before stay made. */
  | 'deadline-exceeded'
  /** Too many processes died while they worked on the job; or it was begun by a release that worked otherwise. */
  | 'worker-lost'
  /** More was asked for than this caller may ask for now. */
  | 'rate-limited'
  /** The edit would have to change what the session protects. Nothing was changed. */
  | 'protected'
  /** What waited for a person's yes did not get it. It was not done. */
  | 'not-approved'
  /** No server answers at the address. Nothing was run. */
  | 'server-unreachable'
  /** The connection broke after the request was sent: it may have run. */
  | 'connection-lost'
  /** The server's certificate is not one that the client trusts for this address. */
  | 'certificate-invalid'
  /** No answer within the time given. */
  | 'timed-out'
  /** The server refuses for now: its queue is full, or it is starting or stopping. */
  | 'server-unavailable'
  /** The server says that the caller may not do this (401, 403). */
  | 'access-denied'
  /** The server knows no such model or version. */
  | 'model-not-found'
  /** The model is known and not loaded, or still loading. */
  | 'model-not-ready'
  /** The server says that the request is wrong (400). */
  | 'request-rejected'
  /** The server cannot do what was asked, such as a streaming model called for one response (501). */
  | 'request-unsupported'
  /** The model or the server failed while it worked (500). */
  | 'model-failed'
  /** What came back breaks the protocol. */
  | 'response-invalid'
  /** The request has more bytes than the server takes. */
  | 'request-too-large'
  /** The response has more bytes than the limit allows. */
  | 'response-too-large'
  /** This works over gRPC only, and no gRPC address is open. */
  | 'grpc-required'
  /** The server does not have the picture of this key any more; send it again. */
  | 'image-not-cached';

export interface AtelierErrorOptions {
  readonly code: AtelierErrorCode;
  /** What was wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  readonly cause?: unknown;
  /** True when the same call may succeed later. Default false. */
  readonly isRetryable?: boolean;
  /** Facts a program can use (never pixels, never secrets). JSON-serialisable. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The one base class of Atelier's errors: a stable `code`, a message for people and, where there is one, a `hint`. */
export class AtelierError extends Error {
  readonly code: AtelierErrorCode;
  readonly hint: string | undefined;
  readonly isRetryable: boolean;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly [marker] = true;

  constructor(options: AtelierErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AtelierError';
    this.code = options.code;
    this.hint = options.hint;
    this.isRetryable = options.isRetryable ?? false;
    this.details = options.details;
  }

  /** Works across duplicate copies of the package, unlike `instanceof`. */
  static isInstance(value: unknown): value is AtelierError {
    return typeof value === 'object' && value !== null && marker in value;
  }

  /** What travels: over worker threads, recorded steps and wires. `cause` and the stack stay behind. */
  toJSON(): AtelierErrorJson {
    return {
      code: this.code,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.details === undefined ? {} : { details: this.details }),
      ...(this.isRetryable ? { isRetryable: true } : {}),
    };
  }

  /** The error that `toJSON` was called on, as far as it travelled. */
  static fromJSON(json: AtelierErrorJson): AtelierError {
    return new AtelierError(json);
  }
}

/** An `AtelierError` as JSON. */
export type AtelierErrorJson = Omit<AtelierErrorOptions, 'cause'>;
