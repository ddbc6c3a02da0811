import type { Report } from './report.ts';
import type { Row, Times } from './row.ts';

/** The whole report as Markdown. */
export function tableOf(report: Report): string {
  const { machine, rows, batching, throughput } = report;
  const streaming = rows.filter(({ first }) => first !== undefined);
  return [
    describeMachine(report),
    '',
    ...grid(headings, rows.map(cellsOf)),
    '',
    notes,
    ...(streaming.length === 0 ? [] : ['', ...grid(streamHeadings, streaming.map(streamCellsOf))]),
    ...(batching
      ? [
          '',
          `owlv2, ${batching.what}, ${batching.rounds} rounds: in sequence ${ms(batching.sequenceMs)}, at once ${ms(batching.atOnceMs)}, ` +
            `speed-up ${batching.speedUp.toFixed(2)}x; Triton made of the ${8 * batching.rounds} at once ${describeSizes(batching.sizes)}.`,
        ]
      : []),
    ...(throughput.length === 0
      ? []
      : [
          '',
          ...grid(
            [`${throughput[0]?.atOnce ?? 0} requests at once`, 'requests a second', 'batches that Triton made'],
            throughput.map(({ model, what, requestsPerSecond, sizes }) => [
              `${model}: ${what}`,
              requestsPerSecond.toFixed(requestsPerSecond < 100 ? 1 : 0),
              describeSizes(sizes),
            ]),
          ),
        ]),
    '',
    ...report.warnings.map((warning) => `Warning: ${warning}`),
    report.missed.length === 0
      ? 'The bar (at most 5 ms or 10 % over the bare pipeline, whichever is larger) is met in every row.'
      : `Missed: ${report.missed.join('; ')}.`,
    `${machine.cores} cores, ${Math.round(report.seconds)} s in all.`,
  ].join('\n');
}

export function describeMachine({ machine }: Pick<Report, 'machine'>): string {
  const { cores, cpu, node, server, models } = machine;
  const python = models
    ? `torch ${models.torch} on ${models.device === 'cpu' ? `the processor, ${models.threads} ${models.threads === 1 ? 'thread' : 'threads'}` : models.device}, precision ${models.precision}`
    : 'no model';
  return `${cores} cores (${cpu}), ${python}, Triton ${server.replace(/^triton /, '')}, Node ${node}.`;
}

const notes = [
  'p50 / p90 in ms. **Triton**: from the tensors to those of the answer in the TypeScript client. **compute_infer**: Triton’s own',
  'mean of the same requests; it is the time that `execute` holds them: of sd3 and vqa, which stream from a line of their own, only until',
  'they are taken. **Bare**: the same code on the same tensors in a Python process without Triton. **Library**: the way',
  'that the documentation of transformers and diffusers shows, on the same weights; it ends with tensors or a picture in memory,',
  'where ours ends with encoded PNGs. **Over**: median of the differences of turns of the same round, Triton minus bare. Every',
  'request is another one (a number behind the picture’s end, another seed or text), so that no cache answers.',
].join('\n');

const headings = ['model', 'request', 'Triton', 'compute_infer', 'bare', 'library', 'over', 'bar'];

const cellsOf = (row: Row): string[] => [
  row.model,
  `${row.what}, ${row.wire}`,
  times(row.triton),
  row.computeInferMs.toFixed(1),
  times(row.bare),
  row.plain ? times(row.plain) : '-',
  `${row.over.milliseconds.toFixed(1)} ms (${(row.over.share * 100).toFixed(0)} %)`,
  `${row.over.met ? 'met' : 'missed'} (${row.over.barMs.toFixed(1)} ms)`,
];

const streamHeadings = [
  'streaming',
  'first response, Triton',
  'first response, bare',
  'tokens/s, Triton',
  'tokens/s, bare',
];

const streamCellsOf = ({ model, what, first, tokensPerSecond }: Row): string[] => [
  `${model}: ${what}`,
  first ? times(first.triton) : '-',
  first ? times(first.bare) : '-',
  tokensPerSecond ? tokensPerSecond.triton.toFixed(0) : '-',
  tokensPerSecond ? tokensPerSecond.bare.toFixed(0) : '-',
];

/** `9 of 8, 1 of 1` */
export const describeSizes = (sizes: readonly (readonly [size: number, batches: number])[]): string =>
  sizes.map(([size, batches]) => `${batches} of ${size}`).join(', ') || 'none';

const times = ({ p50, p90 }: Times): string => `${p50.toFixed(1)} / ${p90.toFixed(1)}`;
const ms = (value: number): string => `${value.toFixed(0)} ms`;

/** A Markdown table. */
export const grid = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
