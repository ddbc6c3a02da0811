import type { JobOptions, LimitOptions } from '../../options.ts';

export interface AgentProcessOptions {
  readonly databaseUrl: string;
  readonly assets: string;
  /** A file that notes each step when it begins. */
  readonly journal?: string | undefined;
  /** Milliseconds of each step. */
  readonly stepTime: number;
  readonly jobs?: JobOptions | undefined;
  readonly limits?: LimitOptions | undefined;
  /** Also serves HTTP on a free port of loopback, open. Default false. */
  readonly serves?: boolean | undefined;
}
