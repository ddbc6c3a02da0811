import type { Judged } from './bars.ts';
import type { Row } from './compare.ts';
import type { ClientName } from './protocol.ts';
import type { Report } from './report.ts';

const titles: Readonly<Record<ClientName, string>> = {
  'python-http': 'Python HTTP',
  'python-grpc': 'Python gRPC',
  undici: 'bare undici',
  'ours-http': 'ours HTTP',
  'ours-grpc': 'ours gRPC',
};

/** The whole report as text: the table, what beside it was measured, and what was missed. */
export function tableOf(report: Report): string {
  const { machine } = report;
  const lines = [
    `${machine.server}, ${machine.cores} cores (${machine.cpu}), Node ${machine.node}, ${machine.python}`,
    '',
    ...(report.rows.length === 0 ? [] : [...grid([heading, ...report.rows.map(cellsOf)]), '']),
    'Ratios: of turns of the same round, median of all rounds [middle half]. Judged is the p50. ok/MISS: the bar; ~: the bar',
    'lies in the middle half. turn over Python: of the time a call takes of the whole turn, which shows the calls that a client',
    'of 16 in flight lets starve and a p50 hides. cpu: processor time of the process, ms a call.',
    '',
    ...report.memory.flatMap(({ client, tensorBytes, peak, resident, held }) => [
      `memory of a call, ${titles[client]}, as multiples of the ${tensorBytes / 1024 / 1024} MiB that came back, the tensor sent not counted:`,
      `  peak of external memory ${judged(peak)}, peak of resident memory ${judged(resident)}, with the reply held ${judged(held)}`,
    ]),
    ...report.firstToken.map(
      ({ wire, first, firstP90Ms, laterP50Ms, laterP90Ms }) =>
        `first streamed token, ${wire}, from its bytes on the socket to the caller: ${judged(first)}, p90 ${firstP90Ms.toFixed(2)} ms; later ones p50 ${laterP50Ms.toFixed(2)}, p90 ${laterP90Ms.toFixed(2)} ms`,
    ),
    '',
    ...report.warnings.map((warning) => `Warning: ${warning}`),
    report.missed.length === 0 ? 'All bars met.' : `Missed: ${report.missed.join('; ')}.`,
  ];
  return lines.join('\n');
}

const heading = [
  'size',
  'in flight',
  'client',
  'p50 ms',
  'p90 ms',
  'req/s',
  'client cpu',
  'server cpu',
  'turn over Python',
  'p50 over Python',
  'p50 over bare undici',
];

const cellsOf = (row: Row): string[] => [
  row.size,
  String(row.inFlight),
  titles[row.client],
  row.p50Ms.toFixed(2),
  row.p90Ms.toFixed(2),
  row.requestsPerSecond.toFixed(row.requestsPerSecond < 100 ? 1 : 0),
  row.clientCpuMs.toFixed(2),
  row.serverCpuMs.toFixed(2),
  row.turnOverPython === undefined ? '' : `${row.turnOverPython.toFixed(2)}x`,
  row.overPython ? judged(row.overPython) : '',
  row.overUndici ? judged(row.overUndici) : '',
];

/** `0.98x [0.95-1.02] <= 1.25 ok` */
export function judged({ median, low, high, unit, bar, met, close }: Judged): string {
  const text = (value: number) => (unit === 'ratio' ? `${value.toFixed(2)}x` : `${value.toFixed(2)} ms`);
  const spread = `[${low.toFixed(2)}-${high.toFixed(2)}]`;
  if (bar === undefined) return `${text(median)} ${spread}`;
  return `${text(median)} ${spread} <= ${bar} ${met ? 'ok' : 'MISS'}${close ? ' ~' : ''}`;
}

function grid(rows: readonly (readonly string[])[]): string[] {
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column >= 3 && column <= 8 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
