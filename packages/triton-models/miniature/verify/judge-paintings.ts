import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Example, runPython } from './examples.ts';

/** Shares, of all that should have been painted: what failed counts as wrong. */
export interface JudgedPaintings {
  /** Of the replacements: what is there is most like something of the colour asked for. */
  readonly colours: number;
  /** Of the replacements: just what was asked for is there, colour and shape, and clearly so. */
  readonly replaced: number;
  /** Of the removals: nothing is there. */
  readonly removed: number;
  readonly replacements: number;
  readonly removals: number;
}

const findings = z.array(z.object({ picture: z.string(), found: z.string(), nearest: z.string(), wanted: z.string() }));

/** What the pixels show, without a model. @param examples their folder. @param painted of the pictures afterwards. */
export async function judgePaintings(
  python: string,
  listed: readonly Example<'paintings'>[],
  { examples, painted }: { readonly examples: string; readonly painted: string },
): Promise<JudgedPaintings> {
  const out = join(painted, 'findings.json');
  await runPython(python, [
    ...['-m', 'miniature.agent.paintings'],
    ...['--examples', examples, '--painted', painted, '--out', out],
  ]);
  const judged = findings.parse(JSON.parse(await readFile(out, 'utf8')));
  const removals = listed.filter(({ wanted }) => wanted === null).length;
  const replacements = listed.length - removals;
  const removed = judged.filter(({ wanted }) => wanted === 'nothing');
  const replaced = judged.filter(({ wanted }) => wanted !== 'nothing');
  const right = (some: typeof judged) => some.filter(({ found, wanted }) => found === wanted).length;
  const colour = (words: string) => words.split(' ')[0];
  return {
    colours: replaced.filter(({ nearest, wanted }) => colour(nearest) === colour(wanted)).length / replacements,
    replaced: right(replaced) / replacements,
    removed: right(removed) / removals,
    replacements,
    removals,
  };
}
