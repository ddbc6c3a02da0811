import type { TritonModelStatus, TritonServerStatus } from '../../json-output.ts';
import { printable } from '../../terminal/printable.ts';
import type { Style } from '../../terminal/style.ts';
import { type Column, renderTable } from '../../terminal/table.ts';
import { displayWidth } from '../../terminal/width.ts';
import { pack, wrap } from '../../terminal/wrap.ts';
import type { TritonWords } from './words.ts';

interface TextOptions {
  readonly words: TritonWords;
  readonly style: Style;
  /** Columns of the terminal; undefined where it is none. */
  readonly width: number | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Word before a failure: `error:`. */
  readonly error: string;
}

/** One server for people: a line on the server, its models as a table, and why those that are not ready are not. */
export function serverText(status: TritonServerStatus, options: TextOptions): string {
  const { words, style } = options;
  const { server, live, ready, name, version, models, loadedOnly, error } = status;
  if (error) return `${style('bold', server)}  ${style('red', options.error)} ${printable(error.message)}`;
  const product = [name, version].filter((part) => part !== null).map(printable);
  const states = [
    live ? style('green', words.live) : style('red', words.notLive),
    ready ? style('green', words.ready) : style('yellow', words.notReady),
  ];
  const head = [style('bold', server), ...(product.length > 0 ? [product.join(' ')] : []), states.join(', ')].join(
    '  ',
  );
  if (!live) return head;
  return [
    head,
    models.length === 0 ? words.noModels : modelTable(models, options),
    ...reasons(models, options),
    ...(loadedOnly ? wrap(words.loadedOnly, options.width ?? Infinity).map((line) => style('dim', line)) : []),
  ].join('\n');
}

function modelTable(models: readonly TritonModelStatus[], options: TextOptions): string {
  const { words, width, style } = options;
  const columns = columnsIn(words);
  const rows = models.map((model) => cells(model, options));
  const table = (paintTitle?: (title: string) => string) => renderTable(columns, rows, { width, paintTitle });
  const widest = Math.max(...table().split('\n').map(displayWidth));
  if (width === undefined || widest <= width) return table((title) => style('dim', title));
  // Too narrow for columns: each model by itself, its figures in as many lines as they need.
  return rows
    .map(([model = '', ...rest]) => {
      const facts = rest.flatMap((cell, at) => (cell === none ? [] : [`${columns[at + 1].title} ${cell}`]));
      return [style('bold', model), ...pack(facts, ', ', width - 2).map((line) => `  ${line}`)].join('\n');
    })
    .join('\n');
}

const columnsIn = ({ columns }: TritonWords): readonly Column[] => [
  { title: columns.model, flexible: true },
  { title: columns.version, align: 'right' },
  { title: columns.state },
  { title: columns.ok, align: 'right' },
  { title: columns.failed, align: 'right' },
  { title: columns.queue, align: 'right' },
  { title: columns.compute, align: 'right' },
  { title: columns.batch, align: 'right' },
  { title: columns.cache, align: 'right' },
  { title: columns.used, align: 'right' },
];

const none = '-';

function cells(model: TritonModelStatus, { words, now }: TextOptions): string[] {
  const { requests, lastUsed, cacheHits, batchSize } = model;
  return [
    printable(model.name),
    printable(model.version ?? none),
    stateOf(model, words),
    requests ? String(requests.ok) : none,
    requests ? String(requests.failed) : none,
    milliseconds(model.queueMs),
    milliseconds(model.computeMs),
    batchSize === null ? none : batchSize.toFixed(1),
    cacheHits === null ? none : `${Math.round(cacheHits * 100)} %`,
    requests ? (lastUsed === null ? words.never : timeAgo(Date.parse(lastUsed), now, words)) : none,
  ];
}

function stateOf({ state, reason }: TritonModelStatus, words: TritonWords): string {
  if (state === null) return words.neverLoaded;
  if (reason === 'unloaded') return words.unloaded;
  return words.states[state] ?? printable(state.toLowerCase());
}

/** Three digits or so: nobody compares more. */
function milliseconds(value: number | null): string {
  if (value === null) return none;
  return value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** The clocks of two machines differ: what seems to lie ahead was just now. */
function timeAgo(then: number, now: number, { ago }: TritonWords): string {
  const passed = Math.max(0, now - then);
  const [unit, length] = units.find(([, milliseconds]) => passed >= milliseconds) ?? units[3];
  return ago.format(-Math.floor(passed / length), unit);
}

/** Below the table: they are the server's words, and long. Only their first line; `--json` has all. */
function reasons(models: readonly TritonModelStatus[], { width, style }: TextOptions): string[] {
  return models.flatMap(({ name, version, ready, reason }) => {
    if (ready || reason === null || reason === 'unloaded') return [];
    const text = `${printable(name)}${version === null ? '' : ` ${printable(version)}`}: ${printable(reason.split('\n')[0])}`;
    return wrap(text, width ?? Number.POSITIVE_INFINITY).map((line) => style('yellow', line));
  });
}
