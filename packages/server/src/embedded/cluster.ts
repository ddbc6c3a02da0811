import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { giveTo } from './account.ts';
import { embeddedError, programFailed } from './embedded-error.ts';
import type { Places } from './places.ts';
import type { Programs } from './programs.ts';
import { type Account, runProgram } from './run-program.ts';

export const superuser = 'postgres';
const aside = /^cluster\.[0-9a-f-]{36}\.tmp$/;

/**
 * Makes the data where there is none. It is made aside and then renamed: what a killed process left half made is swept, never
 * used. Throws `conflict` for data of another major version.
 */
export async function ensureCluster(places: Places, programs: Programs, account: Account | undefined, fast: boolean) {
  for (const name of await readdir(places.root)) {
    // An initdb whose parent was killed may still write there for a moment: then the next start sweeps.
    if (aside.test(name)) await rm(join(places.root, name), { recursive: true, force: true }).catch(() => {});
  }
  const version = await readFile(join(places.data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) return await makeCluster(places, programs, account, fast);
  if (Number(version) === programs.major) return;
  throw embeddedError(
    'conflict',
    `The data was written by Postgres ${version.trim()}, and the embedded one is ${programs.major}.`,
    `Move ${places.cluster} away to begin anew, or dump it with Postgres ${version.trim()} and set DATABASE_URL to a Postgres of your own.`,
    { data: version.trim(), programs: String(programs.major) },
  );
}

async function makeCluster(places: Places, programs: Programs, account: Account | undefined, fast: boolean) {
  const folder = join(places.root, `cluster.${randomUUID()}.tmp`);
  const [data, password] = [join(folder, 'data'), join(folder, 'password')];
  try {
    await mkdir(folder, { mode: 0o700 });
    await writeFile(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    await giveTo(account, password);
    await giveTo(account, folder);
    await initialise(programs, account, folder, ['-D', data, `--pwfile=${password}`, ...(fast ? ['--no-sync'] : [])]);
    const configuration = join(data, 'postgresql.conf');
    await writeFile(configuration, "\ninclude '../../settings.conf'\n", { flag: 'a' });
    await chmod(folder, 0o700);
    await rename(folder, places.cluster);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function initialise(
  { initdb }: Programs,
  account: Account | undefined,
  cwd: string,
  where: readonly string[],
): Promise<void> {
  // The built-in locale sorts the same on every machine, whatever locales it has.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const args = [...where, `--username=${superuser}`, '--auth=scram-sha-256', '--no-instructions', ...locale];
  const { code, output } = await runProgram(initdb, args, { account, cwd });
  if (code !== 0) throw programFailed('it could not make its data', output);
}
