import type { Times } from '../row.ts';
import { describeSizes, grid } from '../table.ts';
import { published } from './published.ts';
import type { FullSizeReport, FullSizeRun } from './report.ts';

const heads = [
  'configuration',
  'precision',
  'request',
  'Triton p50 / p90, ms',
  'bare p50 / p90, ms',
  'first response, ms',
  'tokens/s',
  'throughput, requests/s (batches)',
  'memory, GB',
];

/** The whole report as Markdown. */
export function fullSizeTableOf(report: FullSizeReport): string {
  const { machine, device, quick, runs } = report;
  const python = runs.find((run) => run.machine)?.machine;
  const names = [...new Set(runs.map(({ configuration }) => configuration.name))];
  return [
    `${machine.cores} cores (${machine.cpu}), ${python ? `torch ${python.torch} on ${python.device}` : device}, Node ${machine.node}.${quick ? ' A trial: it shows that it works, not how fast it is.' : ''}`,
    '',
    ...grid(heads, runs.flatMap(rowsOf)),
    '',
    'Memory: of the server once warm; in brackets the most that the bare pipeline took.',
    '',
    ...publishedLines(names),
  ].join('\n');
}

function rowsOf(run: FullSizeRun): string[][] {
  const { configuration, precision, rows, batches, throughput, memory } = run;
  const layers = configuration.layers === null ? '' : `, only ${configuration.layers} of the layers`;
  const name = `${configuration.name} (${(configuration.parameters / 1e6).toFixed(0)} M${layers})`;
  if (run.failure !== undefined) return [[name, precision, run.failure, ...heads.slice(3).map(() => '-')]];
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
  const single = rows.map((row, index) => {
    const rate = throughput.find(({ what }) => what === row.what);
    return [
      name,
      precision,
      row.what,
      times(row.triton),
      times(row.bare),
      row.first ? `${times(row.first.triton)}; bare ${times(row.first.bare)}` : '-',
      row.tokensPerSecond
        ? `${row.tokensPerSecond.triton.toFixed(0)}; bare ${row.tokensPerSecond.bare.toFixed(0)}`
        : '-',
      rate ? `${rate.requestsPerSecond.toFixed(1)} (${describeSizes(rate.sizes)})` : '-',
      memory && index === 0 ? `${gigabytes(memory.warmBytes)} (${gigabytes(memory.peakBareBytes)})` : '',
    ];
  });
  const together = batches.map(({ what, size, times: taken }) => [
    name,
    precision,
    `${size} at once: ${what}`,
    '-',
    times(taken),
    ...heads.slice(5).map(() => '-'),
  ]);
  return [...single, ...together];
}

/** What others published of these configurations. */
export function publishedLines(names: readonly string[]): string[] {
  const found = published.filter(({ of }) => names.some((name) => name.startsWith(of)));
  return found.length === 0
    ? []
    : ['Published by others:', '', ...found.map(({ of, figure, source }) => `- ${of}: ${figure} (${source}).`)];
}

const times = ({ p50, p90 }: Times): string => `${p50.toFixed(1)} / ${p90.toFixed(1)}`;
