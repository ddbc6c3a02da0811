import { readFile, writeFile } from 'node:fs/promises';

const path = new URL('../BENCHMARKS.md', import.meta.url);

/** Puts a table between the markers of its part in BENCHMARKS.md. */
export async function writeTable(part: string, table: string): Promise<void> {
  await writeFile(path, withTable(await readFile(path, 'utf8'), part, table));
}

/** The document with the table between `<!-- part -->` and `<!-- /part -->`. Throws where they are missing. */
export function withTable(document: string, part: string, table: string): string {
  const [open, close] = [`<!-- ${part} -->\n`, `<!-- /${part} -->`];
  const start = document.indexOf(open);
  const end = document.indexOf(close, start);
  if (start < 0 || end < 0) throw new Error(`BENCHMARKS.md has no place for "${part}".`);
  return [document.slice(0, start + open.length), table, '\n', document.slice(end)].join('');
}
