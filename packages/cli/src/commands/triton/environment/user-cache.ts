import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where environments, random weights and compiled code are kept: `--cache`, `ATELIER_CACHE`, or `atelier` in the user's cache folder. The models ask the same. */
export function cacheFolder(wanted: string | undefined, env: Environment): string {
  const named = wanted ?? (env.ATELIER_CACHE?.trim() || undefined);
  if (named !== undefined) return resolve(named);
  return join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'atelier');
}
