/** Codes of what keeps a server, its weights or its keys from being set up on this machine. Stable, like those of the SDK. */
export type SetupErrorCode =
  /** The operating system, the processor or its C library is not one that the server is built for. */
  | 'platform-unsupported'
  /** No Python that the server can work with, or one without what the models need. */
  | 'python-missing'
  /** A GPU was asked for, and there is none. */
  | 'device-missing'
  /** The port or the address cannot be listened on. */
  | 'port-unavailable'
  /** The Python environment could not be made. */
  | 'install-failed'
  /** Weights are not here, or not whole. */
  | 'weights-missing'
  /** A setting of a model cannot be used: its value, or the folder or commit that it names. */
  | 'settings-invalid'
  /** The hub asks for an accepted licence or for a token that it knows. */
  | 'weights-gated'
  /** Weights could not be fetched. */
  | 'pull-failed'
  /** The hub cannot be reached. */
  | 'hub-unreachable'
  /** The server did not start, or ended by itself. */
  | 'server-failed'
  /** The server runs, and none of the models could be loaded. */
  | 'models-failed'
  /** The agent API would be open to other machines. */
  | 'key-missing'
  /** There is no database of an agent API in the folder. */
  | 'database-missing'
  /** There is no such key. */
  | 'key-unknown'
  /** The person said no. */
  | 'cancelled';

export interface SetupErrorOptions {
  readonly code: SetupErrorCode;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The last lines of the program that failed. */
  readonly lines?: readonly string[];
  /** Facts a program can use; JSON-serialisable. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly isRetryable?: boolean;
  readonly cause?: unknown;
}

/** A failure in setting up, worded in the person's language by whoever throws it. */
export class SetupError extends Error {
  readonly code: SetupErrorCode;
  readonly hint: string | undefined;
  readonly isRetryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor({ code, message, hint, lines = [], details = {}, isRetryable = false, cause }: SetupErrorOptions) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SetupError';
    this.code = code;
    this.hint = hint;
    this.isRetryable = isRetryable;
    this.details = { ...details, ...(lines.length > 0 ? { lines } : {}) };
  }
}
