import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runPython } from './examples.ts';
import { mean } from './mean.ts';

export interface JudgedPaintings {
  /** Share of the replacements that show something of the colour asked for. */
  readonly colours: number;
  readonly replacements: number;
  /** Share of all edits that show just what was asked for, colour and shape, or nothing. */
  readonly drawnAsAsked: number;
}

const findings = z.array(z.object({ picture: z.string(), found: z.string(), wanted: z.string() }));

/** What the pixels show, without a model. @param examples folder of the examples. @param painted of the pictures afterwards. */
export async function judgePaintings(python: string, examples: string, painted: string): Promise<JudgedPaintings> {
  const out = join(painted, 'findings.json');
  await runPython(python, [
    ...['-m', 'miniature.agent.paintings'],
    ...['--examples', examples, '--painted', painted, '--out', out],
  ]);
  const judged = findings.parse(JSON.parse(await readFile(out, 'utf8')));
  const replaced = judged.filter(({ wanted }) => wanted !== 'nothing');
  const colour = (words: string) => words.split(' ')[0];
  return {
    colours: mean(replaced.map(({ found, wanted }) => (colour(found) === colour(wanted) ? 1 : 0))),
    replacements: replaced.length,
    drawnAsAsked: mean(judged.map(({ found, wanted }) => (found === wanted ? 1 : 0))),
  };
}
