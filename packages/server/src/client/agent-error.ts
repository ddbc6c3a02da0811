import type { AtelierErrorCode, AtelierErrorJson } from '@atelier/sdk';
import type { Job } from './wire.ts';

const marker = Symbol.for('atelier.agent-error');

export interface AgentErrorOptions extends Omit<AtelierErrorJson, 'hint' | 'details'> {
  /** What to do about it. */
  readonly hint?: string | undefined;
  /** Facts a program can use. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** HTTP status; undefined where no answer came, or where a job failed. */
  readonly status?: number | undefined;
  /** Names the request in the server's log. */
  readonly requestId?: string | undefined;
  /** The job that failed or was cancelled. Edits made before stay made: `job.output_image_url`. */
  readonly job?: Job | undefined;
  readonly cause?: unknown;
}

/**
 * Everything this client throws but aborts, which throw their signal's reason: what the server said, that it cannot be
 * reached (`server-unreachable`, `connection-lost`), or that a job failed. Codes are those of `AtelierError`.
 */
export class AgentError extends Error {
  readonly code: AtelierErrorCode;
  readonly status: number | undefined;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  readonly requestId: string | undefined;
  readonly job: Job | undefined;
  /** True when the same call may succeed later. */
  readonly isRetryable: boolean;
  readonly [marker] = true;

  constructor(options: AgentErrorOptions) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AgentError';
    this.code = options.code;
    this.status = options.status;
    this.hint = options.hint;
    this.details = options.details;
    this.requestId = options.requestId;
    this.job = options.job;
    this.isRetryable = options.isRetryable ?? false;
  }

  /** Works across duplicate copies of the package, unlike `instanceof`. */
  static isInstance(value: unknown): value is AgentError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}
