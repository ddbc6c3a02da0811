import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What the suite said of one scenario. */
export interface ScenarioResult {
  readonly passed: number;
  /** `check: why`, of every check that failed. */
  readonly failures: readonly string[];
}

/** By the scenario's name. */
export type SuiteResults = ReadonlyMap<string, ScenarioResult>;

export type SuiteRun =
  | { readonly requirements: string }
  | { readonly scenario: string; readonly specVersion: string; readonly force?: boolean };

const packageUrl = new URL('.', import.meta.resolve('@modelcontextprotocol/conformance/package.json'));
const program = fileURLToPath(new URL('dist/index.js', packageUrl));

/** Runs the conformance suite against a server and reads what it wrote; its exit code tells nothing that is not there. */
export async function runSuite(url: string, run: SuiteRun): Promise<SuiteResults> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  try {
    await spawnSuite(['server', '--url', url, '-o', folder, '--timeout', '20000', ...argumentsOf(run)]);
    return await readResults(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const argumentsOf = (run: SuiteRun): readonly string[] =>
  'requirements' in run
    ? ['--requirements', run.requirements]
    : ['--scenario', run.scenario, '--spec-version', run.specVersion, ...(run.force ? ['--force'] : [])];

const spawnSuite = (parameters: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const options = { timeout: 90_000, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [program, ...parameters], options, (error) => {
      // A number is an exit code: checks that failed. Anything else: it did not run, or not to its end.
      if (error && typeof error.code !== 'number') reject(error);
      else resolve();
    });
  });

const checksSchema = z.array(z.object({ id: z.string(), status: z.string(), errorMessage: z.string().optional() }));

/** Folders are named `server-SCENARIO-TIME`. */
async function readResults(folder: string): Promise<SuiteResults> {
  const results = new Map<string, ScenarioResult>();
  for (const name of (await readdir(folder)).sort()) {
    const [, scenario] = /^server-(.+)-\d{4}-\d\d-\d\dT[\d-]+Z$/.exec(name) ?? [];
    if (scenario === undefined) throw new Error(`The suite wrote a folder of an unknown kind: ${name}`);
    const checks = checksSchema.parse(JSON.parse(await readFile(join(folder, name, 'checks.json'), 'utf8')));
    const failed = checks.filter(({ status }) => status === 'FAILURE');
    results.set(scenario, {
      passed: checks.filter(({ status }) => status === 'SUCCESS').length,
      failures: failed.map(({ id, errorMessage }) => `${id}: ${errorMessage ?? 'no reason given'}`),
    });
  }
  return results;
}

/** The scenarios for servers that a revision scores, and those that it only runs, from the suite's own list. */
export async function requirementsOf(
  revision: string,
): Promise<{ readonly scored: readonly string[]; readonly unscored: readonly string[] }> {
  const text = await readFile(new URL(`requirements/${revision}.yaml`, packageUrl), 'utf8');
  const [, list = ''] = /^server:\n((?: {2}- .+\n)+)/m.exec(text) ?? [];
  return {
    scored: [...list.matchAll(/- (\S+)/g)].map(([, name = '']) => name),
    unscored: [...text.matchAll(/- scenario: (\S+)\n\s+leg: server\n/g)].map(([, name = '']) => name),
  };
}
