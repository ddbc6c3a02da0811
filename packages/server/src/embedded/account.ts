import { chown, readFile, stat } from 'node:fs/promises';
import type { Places } from './places.ts';
import { type Account, runProgram } from './run-program.ts';

/**
 * Whom Postgres runs as. It refuses to run as root: then it is whoever owns the data already, else `postgres` where the
 * machine has such an account, else `nobody`. Undefined where this process is not root.
 */
export async function chooseAccount(places: Places): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(places.data).catch(() => undefined);
  if (owner && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] = lines.map((line) => line.split(':')).find(([first]) => first === wanted) ?? [];
    if (name && uid && gid) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return { name: 'nobody', uid: 65_534, gid: 65_534 };
}

/** Hands a file or folder to the account. */
export async function giveTo(account: Account | undefined, path: string): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}

/** Whether the account can get to the folder: one above it may be closed to others. */
export async function canReach(account: Account | undefined, folder: string): Promise<boolean> {
  if (!account) return true;
  const { code } = await runProgram('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { account, cwd: '/' });
  return code === 0;
}
