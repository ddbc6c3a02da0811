import type { OutputFile } from '../../files/output-file.ts';
import type { EditOutput } from '../../json-output.ts';
import { printable, printableLines } from '../../terminal/printable.ts';
import type { CommandContext } from '../command.ts';
import { factLines } from '../fact-lines.ts';
import type { TextFile } from './edit-files.ts';

interface WrittenFiles {
  readonly picture: OutputFile;
  /** Whether the person said where the picture goes. */
  readonly isNamed: boolean;
  readonly recipe: TextFile | undefined;
}

/** The result of an edit for people: the answer, the files, and the proof. */
export function editText({ words, style }: CommandContext, result: EditOutput, files: WrittenFiles): string {
  const answer = printableLines(result.answer ?? '');
  const { image, edits } = result;
  const facts: [string, string][] = result.notDone.map(({ message, tool }) => [
    words.notDone,
    style('yellow', printable(message.trim() || tool)),
  ]);
  if (result.output !== null && image !== null) {
    facts.push([words.written, `${style('bold', printable(files.picture.shown))} (${image.width} x ${image.height})`]);
  } else if (edits.length > 0) facts.push([words.written, words.notWritten]);
  else if (files.isNamed || !result.verified) facts.push([words.written, words.nothingChanged]);
  facts.push(...proof(words, style, edits));
  if (edits.some(({ receipt }) => receipt.encoding === 'lossy')) {
    facts.push([words.encoding, words.lossy(files.picture.format.toUpperCase())]);
  }
  if (result.flattened) facts.push([words.transparency, style('yellow', words.flattened)]);
  if (files.recipe) facts.push([words.recipe, printable(files.recipe.shown)]);
  return facts.length > 0 ? `${answer}\n\n${factLines(facts, style)}` : answer;
}

function proof(
  words: CommandContext['words'],
  style: CommandContext['style'],
  edits: EditOutput['edits'],
): [string, string][] {
  if (edits.length === 0) return [];
  const outside = edits.reduce((sum, { receipt }) => sum + receipt.changedOutsideMask, 0);
  const facts: [string, string][] = [[words.outside, style(outside === 0 ? 'green' : 'red', words.pixels(outside))]];
  // What is protected is found once, and is the same for every edit.
  const kept = edits.flatMap(({ receipt }) => receipt.protected ?? []);
  const [first] = kept;
  if (first) {
    const changed = kept.reduce((sum, each) => sum + each.changed, 0);
    const text = printable(words.protectedThings(first.rules, first.area, changed));
    facts.push([words.protected, style(changed === 0 ? 'green' : 'red', text)]);
  }
  for (const { verified } of edits) {
    const reason = printable(verified.reason);
    facts.push([words.checked, verified.ok ? style('green', words.yes(reason)) : style('yellow', words.no(reason))]);
  }
  return facts;
}
