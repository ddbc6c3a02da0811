import { printable } from '../../../terminal/printable.ts';
import type { Style } from '../../../terminal/style.ts';
import { renderTable } from '../../../terminal/table.ts';
import { wrap } from '../../../terminal/wrap.ts';
import { byteText } from '../environment/sizes.ts';
import type { PlannedModel, PullPlan } from './pull-events.ts';
import type { PullWords } from './words.ts';

interface TextOptions {
  readonly words: PullWords;
  readonly style: Style;
  /** Columns of the terminal; undefined where there is none. */
  readonly width: number | undefined;
}

/** What would be fetched, how big it is and under which licences. */
export function planText(plan: PullPlan, { words, style, width }: TextOptions): string {
  const { columns } = words;
  const table = renderTable(
    [
      { title: columns.model },
      { title: columns.weights, flexible: true },
      { title: columns.size, align: 'right' },
      { title: columns.fetch, align: 'right' },
      { title: columns.licence, flexible: true },
    ],
    plan.models.map((model) => [
      printable(model.model),
      printable(model.id),
      model.bytes === 0 ? '-' : byteText(model.bytes),
      model.bytes_to_fetch === 0 ? words.here : byteText(model.bytes_to_fetch),
      printable(model.licence ?? words.unknownLicence),
    ]),
    { width, paintTitle: (title) => style('dim', title) },
  );
  const sizes = [plan.bytes, plan.bytes_to_fetch, plan.free_bytes].map(byteText);
  const total = words.total(sizes[0], sizes[1], sizes[2], plan.cache);
  const below = [...plan.models.flatMap((model) => remarks(model, words)), ...(plan.bytes_to_fetch > 0 ? [total] : [])];
  return [table, ...below.flatMap((text) => wrap(text, width ?? Number.POSITIVE_INFINITY))].join('\n');
}

/** Worth saying before somebody agrees. */
function remarks(model: PlannedModel, words: PullWords): string[] {
  const name = printable(model.model);
  return [
    ...(model.licence_means ? [`${name}: ${printable(words.licence(model))}`] : []),
    ...(model.gated && model.bytes_to_fetch > 0 ? [words.gated(name, printable(model.gate_url ?? model.id))] : []),
    ...(model.remote_code ? [words.remoteCode(name)] : []),
    ...(model.caution ? [words.caution(model.model, model.caution)] : []),
  ];
}
