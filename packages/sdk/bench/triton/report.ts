import { cpus, loadavg } from 'node:os';
import type { Judged } from './bars.ts';
import type { Row } from './compare.ts';
import type { MemoryRow } from './memory/memory.ts';
import type { ClientName } from './protocol.ts';
import type { FirstToken } from './streaming/first-token.ts';

/** What the bench prints with --json. */
export interface Report {
  readonly machine: Machine;
  readonly seconds: number;
  readonly rows: readonly Row[];
  readonly memory: readonly MemoryRow[];
  readonly firstToken: readonly FirstToken[];
  /** What was judged and lies beyond its bar. */
  readonly missed: readonly string[];
  readonly warnings: readonly string[];
}

interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly node: string;
  readonly python: string;
  readonly server: string;
  /** Processes that wanted a core in the minute before the bench began. */
  readonly loadBefore: number;
}

export const machineOf = (python: string, server: string): Machine => ({
  cores: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  node: process.versions.node,
  python,
  server,
  loadBefore: loadavg()[0] ?? 0,
});

const unsteadyAbove = 1.5;
const loadedAbove = 0.5;

export function reportOf(parts: Omit<Report, 'missed' | 'warnings'>): Report {
  return { ...parts, missed: missedOf(parts), warnings: warningsOf(parts) };
}

function missedOf({ rows, memory, firstToken }: Omit<Report, 'missed' | 'warnings'>): string[] {
  const judged: [string, Judged | undefined][] = [
    ...rows.flatMap((row): [string, Judged | undefined][] => {
      const what = `${row.client} at ${row.size}, ${row.inFlight} in flight`;
      return [
        [`p50 of ${what}, over Python${floorOf(row, rows)}`, row.overPython],
        [`p50 of ${what}, over bare undici${workOf(row, rows)}`, row.overUndici],
      ];
    }),
    ...memory.flatMap(({ client, peak, resident, held }): [string, Judged][] => [
      [`memory of ${client}, peak`, peak],
      [`memory of ${client}, resident`, resident],
      [`memory of ${client}, held`, held],
    ]),
    ...firstToken.map(({ wire, first }): [string, Judged] => [`first token over ${wire}`, first]),
  ];
  return judged.flatMap(([what, value]) =>
    value?.met === false
      ? [`${what}: ${value.median.toFixed(2)}${value.unit === 'ms' ? ' ms' : 'x'} (bar ${value.bar})`]
      : [],
  );
}

const besideOf = (row: Row, rows: readonly Row[], other: ClientName): Row | undefined =>
  rows.find(({ client, size, inFlight }) => client === other && size === row.size && inFlight === row.inFlight);

/**
 * What bare undici reaches in the same place, and how much of the work is the server's: no client over HTTP beats that. In
 * flight also the whole turn, and how unlike Python's own calls are: where it lets some starve, its p50 is beyond reach.
 */
function floorOf(row: Row, rows: readonly Row[]): string {
  const bare = row.client === 'ours-http' ? besideOf(row, rows, 'undici')?.overPython : undefined;
  const python = besideOf(row, rows, row.client === 'ours-grpc' ? 'python-grpc' : 'python-http');
  const share = row.serverCpuMs / (row.serverCpuMs + row.clientCpuMs);
  const causes = [
    ...(bare ? [`bare undici ${bare.median.toFixed(2)}x`] : []),
    `${Math.round(share * 100)} % of the processor time is the server's`,
    ...(row.inFlight > 1 && python && row.turnOverPython !== undefined
      ? [
          `whole turn ${row.turnOverPython.toFixed(2)}x, Python's p90 is ${(python.p90Ms / python.p50Ms).toFixed(1)}x its p50`,
        ]
      : []),
  ];
  return ` (${causes.join('; ')})`;
}

/** Calls in flight wait for each other's. */
function workOf(row: Row, rows: readonly Row[]): string {
  const bare = besideOf(row, rows, 'undici');
  const milliseconds = `${row.clientCpuMs.toFixed(2)} ms of the client's processor time a call`;
  return bare ? ` (${milliseconds}, bare undici ${bare.clientCpuMs.toFixed(2)} ms)` : '';
}

function warningsOf({ machine, rows }: Omit<Report, 'missed' | 'warnings'>): string[] {
  const warnings: string[] = [];
  if (machine.loadBefore > machine.cores * loadedAbove) {
    warnings.push(`other programs were busy before the bench began (load ${machine.loadBefore.toFixed(1)}).`);
  }
  const unsteady = Math.max(...rows.map((row) => row.unsteadiness));
  if (unsteady > unsteadyAbove) {
    warnings.push(
      `the machine was unsteady: the same work took up to ${unsteady.toFixed(1)} times as long (90th over 10th percentile).`,
    );
  }
  return warnings;
}
