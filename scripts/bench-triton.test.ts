import { describe, expect, it } from 'vitest';
import { type Row, rowsOf } from '../packages/sdk/bench/triton/compare.ts';
import { sizes } from '../packages/sdk/bench/triton/payloads.ts';
import type { ClientName } from '../packages/sdk/bench/triton/protocol.ts';
import { machineOf, reportOf } from '../packages/sdk/bench/triton/report.ts';
import type { Round } from '../packages/sdk/bench/triton/rounds.ts';
import { tableOf } from '../packages/sdk/bench/triton/table.ts';

const size = sizes.find(({ label }) => label === '3 MiB') ?? sizes[0];
const turn = (p50: number, wallMs: number) => ({
  milliseconds: [p50, p50, p50, p50 * 50],
  wallMs,
  cpuMs: 4,
  serverMsPerCall: 3,
});
type Figures = Partial<Record<ClientName, readonly [p50: number, wallMs: number]>>;
/** The machine is twice as slow in the second round, and ten times in the third. */
const rounds = (clients: Figures): Round[] =>
  [1, 2, 10].map(
    (slow) =>
      new Map(
        Object.entries(clients).map(([name, [p50, wallMs]]) => [
          // Its keys are names of clients.
          name as ClientName,
          turn(p50 * slow, wallMs * slow),
        ]),
      ),
  );
const played = { 'python-http': [10, 100], undici: [5, 90], 'ours-http': [6, 150] } as const;
const rowsAt = (inFlight: number, clients: Figures = played, at = size): Row[] =>
  rowsOf(at, inFlight, {
    rounds: rounds(clients),
    yardstickMs: [1],
  });
const oursOf = (rows: readonly Row[]) => rows.find(({ client }) => client === 'ours-http');
const reportOn = (rows: Row[]) =>
  reportOf({ machine: machineOf('Python', 'triton'), seconds: 1, rows, memory: [], firstToken: [] });

describe.each([1, 16])('a row of the bench with %d in flight', (inFlight) => {
  it('is judged by its p50, paired by round, and shows the whole turn beside it', () => {
    const ours = oursOf(rowsAt(inFlight));
    expect(ours?.overPython).toEqual({
      median: 0.6,
      low: 0.6,
      high: 0.6,
      unit: 'ratio',
      bar: 0.65,
      met: true,
      close: false,
    });
    expect(ours?.overUndici).toMatchObject({ median: 1.2 });
    expect(ours?.turnOverPython).toBe(1.5);
    expect(reportOn(rowsAt(inFlight)).missed).toEqual([]);
  });

  it('that misses its bar is named with its number and its cause', () => {
    const rows = rowsAt(inFlight, { ...played, 'ours-http': [7, 50] });
    expect(oursOf(rows)).toMatchObject({ overPython: { met: false }, turnOverPython: 0.5 });
    const turn = inFlight === 1 ? '' : "; whole turn 0.50x, Python's p90 is 15.8x its p50";
    expect(reportOn(rows).missed).toEqual([
      `p50 of ours-http at 3 MiB, ${inFlight} in flight, over Python (bare undici 0.50x; 75 % of the processor time is the server's${turn}): 0.70x (bar 0.65)`,
    ]);
  });

  it('names the work of both where it misses the bar over bare undici', () => {
    const large = sizes.at(-1);
    const rows = rowsAt(inFlight, { ...played, 'ours-http': [5.6, 50] }, large);
    expect(reportOn(rows).missed).toEqual([
      `p50 of ours-http at 12 MiB, ${inFlight} in flight, over bare undici (1.00 ms of the client's processor time a call, bare undici 1.00 ms): 1.12x (bar 1.1)`,
    ]);
  });

  it('has a column for each of both', () => {
    const lines = tableOf(reportOn(rowsAt(inFlight))).split('\n');
    const row = lines.find((line) => line.includes('ours HTTP')) ?? '';
    expect(row).toMatch(/ 1\.50x {2,}0\.60x \[0\.60-0\.60\] <= 0\.65 ok {2,}1\.20x /);
    expect(lines[2]).toMatch(/turn over Python {2,}p50 over Python {2,}p50 over bare undici$/);
  });
});
