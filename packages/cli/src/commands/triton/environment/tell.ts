import { printable } from '../../../terminal/printable.ts';
import { wrap } from '../../../terminal/wrap.ts';
import type { CommandContext } from '../../command.ts';

/** Something to know before the command goes on, whole on a narrow terminal too; not with `--quiet`. */
export function tell({ args, io, progress }: CommandContext, text: string): void {
  if (args.has('quiet')) return;
  progress.clear();
  const width = io.isTty.stderr ? io.stderr.columns : undefined;
  io.stderr.write(`${wrap(printable(text), width ?? Number.POSITIVE_INFINITY).join('\n')}\n`);
}

/** Something is not as it was asked for: told also with `--quiet`. */
export function warn({ io, progress, words }: CommandContext, text: string): void {
  progress.clear();
  io.stderr.write(`${words.note} ${printable(text)}\n`);
}
