import type { JobOptions } from '../../options.ts';

export interface WorkerOptions {
  readonly databaseUrl: string;
  readonly assets: string;
  /** A file that notes each step when it begins. */
  readonly journal: string;
  /** Milliseconds of each step. */
  readonly stepTime: number;
  readonly jobs?: JobOptions | undefined;
}
