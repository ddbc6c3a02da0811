// `npm run bench`: what Atelier promises about speed, memory and fills, measured in one run. `--write` puts the table into
// the README; `--only speed|fills` runs a part. Absolute times depend on the machine; the bars are for two cores.

import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { BenchRow } from '../packages/local/bench/row.ts';
import { benchCommandLine } from '../packages/local/bench/speed/command-line.ts';
import { benchLargePhoto } from '../packages/local/bench/speed/large.ts';
import { benchAgentOverhead, benchImport } from '../packages/local/bench/speed/overhead.ts';
import { benchSmallPhoto } from '../packages/local/bench/speed/small-photo.ts';

const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const parts: readonly (readonly ['speed' | 'fills', () => readonly BenchRow[] | Promise<readonly BenchRow[]>])[] = [
  ['speed', benchImport],
  ['speed', benchAgentOverhead],
  ['speed', benchSmallPhoto],
  ['speed', benchLargePhoto],
  ['speed', benchCommandLine],
  // Loaded last: OpenCV hangs its own listeners on the process.
  ['fills', async () => (await import('../packages/local/bench/fills/rows.ts')).benchFillRows()],
];

const rows: BenchRow[] = [];
for (const [name, part] of parts) {
  if (only !== undefined && only !== name) continue;
  for (const row of await part()) {
    rows.push(row);
    console.log(`${row.ok ? 'ok  ' : 'MISS'} ${row.what}: ${row.measured} (${row.bar})`);
  }
}

if (process.argv.includes('--write')) {
  const path = new URL('../README.md', import.meta.url);
  const readme = await readFile(path, 'utf8');
  const lines = rows.map(({ what, measured, bar, ok }) => `| ${what} | ${measured} | ${bar}${ok ? '' : ' (missed)'} |`);
  const table = ['| what | measured | bar |', '| --- | --- | --- |', ...lines].join('\n');
  const where = `By \`npm run bench\` on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.versions.node}.`;
  await writeFile(
    path,
    readme.replace(
      /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/,
      (_all, open: string, close: string) => `${open}${where}\n\n${table}\n${close}`,
    ),
  );
}
if (rows.some(({ ok }) => !ok)) process.exitCode = 1;
