import type { Arguments } from '../../options.ts';
import { printable } from '../../terminal/printable.ts';
import { UsageError } from '../../usage-error.ts';

/** Throws `UsageError` for words behind those that a command takes. */
export function refuseWords({ positionals }: Arguments, taken: number): void {
  const word = positionals[taken];
  if (word !== undefined) throw new UsageError(`"${printable(word)}" is one word too many`, 'see --help');
}
