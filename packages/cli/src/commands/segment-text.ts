import type { Mask } from '@atelier/sdk';
import { boxText } from '../terminal/candidate-table.ts';
import { printable } from '../terminal/printable.ts';
import type { CommandContext } from './command.ts';
import { factLines } from './fact-lines.ts';
import type { SegmentFiles } from './segment-files.ts';

/** What was cut out, for people. */
export function segmentText({ words, style }: CommandContext, mask: Mask, files: SegmentFiles): string {
  const share = ((100 * mask.area) / (mask.width * mask.height)).toFixed(1);
  const written = [files.output, files.mask, files.overlay].flatMap((file) => file?.shown ?? []);
  const facts: [string, string][] = written.map((path) => [words.written, style('bold', printable(path))]);
  facts.push([words.area, `${words.pixels(mask.area)} (${share} %)`]);
  if (mask.bounds) facts.push([words.box, boxText(mask.bounds)]);
  return factLines(facts, style);
}
