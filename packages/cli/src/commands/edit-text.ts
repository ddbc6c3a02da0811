import type { OutputFile } from '../files/output-file.ts';
import type { EditOutput } from '../json-output.ts';
import { printable, printableLines } from '../terminal/printable.ts';
import type { CommandContext } from './command.ts';
import { factLines } from './fact-lines.ts';

/** The result of an edit for people: the answer, the file, and the proof. */
export function editText({ words, style }: CommandContext, result: EditOutput, output: OutputFile): string {
  const answer = printableLines(result.answer ?? '');
  if (result.output === null || result.image === null) return answer;
  const { width, height } = result.image;
  const outside = result.edits.reduce((sum, { receipt }) => sum + receipt.changedOutsideMask, 0);
  const facts: [string, string][] = [
    [words.written, `${style('bold', printable(output.shown))} (${width} x ${height})`],
  ];
  if (result.edits.length > 0)
    facts.push([words.outside, style(outside === 0 ? 'green' : 'red', words.pixels(outside))]);
  for (const { verified } of result.edits) {
    const reason = printable(verified.reason);
    facts.push([words.checked, verified.ok ? style('green', words.yes(reason)) : style('yellow', words.no(reason))]);
  }
  if (result.edits.some(({ receipt }) => receipt.encoding === 'lossy')) {
    facts.push([words.encoding, words.lossy(output.format.toUpperCase())]);
  }
  return `${answer}\n\n${factLines(facts, style)}`;
}
