import type { machineOf } from '../../sdk/bench/triton/report.ts';
import type { Batching, Throughput } from './at-once.ts';
import type { PythonMachine } from './bare-process.ts';
import type { Row } from './row.ts';

/** What the bench writes with --json. */
export interface Report {
  readonly machine: ReturnType<typeof machineOf> & { readonly models: PythonMachine | undefined };
  readonly seconds: number;
  readonly rows: readonly Row[];
  readonly batching: Batching | undefined;
  readonly throughput: readonly Throughput[];
  /** Rows beyond the bar. */
  readonly missed: readonly string[];
  readonly warnings: readonly string[];
}

const loadedAbove = 0.5;

export function reportOf(parts: Omit<Report, 'missed' | 'warnings'>): Report {
  const { machine, rows } = parts;
  const missed = rows
    .filter(({ over }) => !over.met)
    .map(
      ({ model, what, over }) =>
        `${model}, ${what}: ${over.milliseconds.toFixed(1)} ms over the bare pipeline, the bar is ${over.barMs.toFixed(1)} ms`,
    );
  const warnings = rows
    .filter(({ fromCache }) => fromCache > 0)
    .map(({ model, what, fromCache }) => `${model}, ${what}: ${fromCache} answers came from the response cache.`);
  if (machine.loadBefore > machine.cores * loadedAbove) {
    warnings.push(`Other programs were busy before the bench began (load ${machine.loadBefore.toFixed(1)}).`);
  }
  return { ...parts, missed, warnings };
}
