import type { OutputFile } from '../files/output-file.ts';
import type { EditOutput } from '../json-output.ts';
import { printable, printableLines } from '../terminal/printable.ts';
import type { CommandContext } from './command.ts';
import { factLines } from './fact-lines.ts';

/** The result of an edit for people: the answer, the file, and the proof. */
export function editText({ words, style }: CommandContext, result: EditOutput, output: OutputFile): string {
  const answer = printableLines(result.answer ?? '');
  const { image, edits } = result;
  if (image === null || (result.output === null && edits.length === 0)) return answer;
  const outside = edits.reduce((sum, { receipt }) => sum + receipt.changedOutsideMask, 0);
  const facts: [string, string][] = [
    [
      words.written,
      result.output === null
        ? words.notWritten
        : `${style('bold', printable(output.shown))} (${image.width} x ${image.height})`,
    ],
  ];
  if (edits.length > 0) facts.push([words.outside, style(outside === 0 ? 'green' : 'red', words.pixels(outside))]);
  for (const { verified } of edits) {
    const reason = printable(verified.reason);
    facts.push([words.checked, verified.ok ? style('green', words.yes(reason)) : style('yellow', words.no(reason))]);
  }
  if (edits.some(({ receipt }) => receipt.encoding === 'lossy')) {
    facts.push([words.encoding, words.lossy(output.format.toUpperCase())]);
  }
  if (result.flattened) facts.push([words.transparency, style('yellow', words.flattened)]);
  return `${answer}\n\n${factLines(facts, style)}`;
}
