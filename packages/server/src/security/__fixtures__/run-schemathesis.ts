import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const python = fileURLToPath(new URL('../../../../../.venv/bin/python', import.meta.url));
const settings = fileURLToPath(new URL('./schemathesis.toml', import.meta.url));

const reportSchema = z.object({ test_cases: z.object({ generated: z.number() }) });

export interface SchemathesisRun {
  /** 0: nothing was found. */
  readonly code: number | null;
  /** For people: what was found, and curl lines that find it again. */
  readonly output: string;
  /** Requests that were made up. */
  readonly requests: number;
}

/** Sends made-up requests, good and bad, to everything in `/openapi.json`. @param folder for the report */
export async function runSchemathesis(
  url: string,
  folder: string,
  { seed, seconds, perOperation }: { seed: number; seconds: number; perOperation: number },
): Promise<SchemathesisRun> {
  const run = [
    ...['run', `${url}/openapi.json`, '--phases', 'examples,coverage,fuzzing'],
    ...['--seed', String(seed), '--max-time', String(seconds), '--max-examples', String(perOperation)],
    ...['--generation-database', 'none', '--suppress-health-check', 'all', '--request-timeout', '15'],
    // Python 3.11 parses source in one thread at a time only: with two, `ast.parse` fails now and then.
    ...['--workers', '1'],
    ...['--continue-on-failure', '--no-shrink', '--no-color', '--warnings', 'off'],
    ...['--report', 'json', '--report-dir', folder],
  ];
  const child = spawn(python, ['-m', 'schemathesis.cli', '--config-file', settings, ...run], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(String(chunk)));
  const [code] = await once(child, 'close');
  const report = (await readdir(folder)).find((name) => name.endsWith('.json'));
  if (report === undefined) throw new Error(`There is no report:\n${output.join('')}`);
  const { test_cases: made } = reportSchema.parse(JSON.parse(await readFile(join(folder, report), 'utf8')));
  return { code, output: output.join(''), requests: made.generated };
}
