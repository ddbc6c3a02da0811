import type { machineOf } from '../../../sdk/bench/triton/report.ts';
import type { Throughput } from '../at-once.ts';
import type { PythonMachine } from '../bare-process.ts';
import type { Row, Times } from '../row.ts';
import type { Configuration } from './manifest.ts';

/** Of a batch in the bare pipeline, without Triton. */
export interface BareBatch {
  readonly what: string;
  readonly size: number;
  /** Of the whole batch. */
  readonly times: Times;
}

/** One configuration in one precision. */
export interface FullSizeRun {
  readonly configuration: Configuration;
  readonly precision: string;
  /** Why there are no figures. */
  readonly failure?: string;
  readonly machine?: PythonMachine;
  readonly readySeconds?: number;
  /** The server's memory once warm, and after everything. */
  readonly memory?: { readonly warmBytes: number; readonly peakBareBytes: number };
  readonly rows: readonly Row[];
  readonly batches: readonly BareBatch[];
  readonly throughput: readonly Throughput[];
}

export interface FullSizeReport {
  readonly machine: ReturnType<typeof machineOf>;
  readonly device: string;
  readonly quick: boolean;
  readonly runs: readonly FullSizeRun[];
}
