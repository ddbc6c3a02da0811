import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { safeNamePattern } from '@atelier/sdk/tools';
import type { JobOwner } from './job-record.ts';
import type { JobStore } from './job-store.ts';
import { pause } from './pause.ts';

type Owners = Pick<JobStore, 'beat' | 'rest' | 'isAlive' | 'forgetOwners'>;

interface Sight {
  readonly beat: number;
  /** `performance.now()` when this beat was first seen here. */
  readonly since: number;
  readonly isDead: boolean;
}

/** How often a silent owner is looked at again, within a beat and a half. */
const looks = 5;

/** Owners as files, `FOLDER/OWNER`, written again with every beat. */
export function fileOwners(folder: string, beatMs: number, silenceMs: number): Owners {
  const path = (owner: string) => join(folder, owner);
  const sights = new Map<string, Sight>();
  const see = (owner: string, beat: number): Sight => {
    const known = sights.get(owner);
    if (known?.beat === beat) return known;
    const sight = { beat, since: performance.now(), isDead: false };
    sights.set(owner, sight);
    return sight;
  };
  return {
    async beat({ id }) {
      await mkdir(folder, { recursive: true });
      await writeFile(path(id), String(Date.now()));
    },
    rest: ({ id }) => rm(path(id), { force: true }),
    async isAlive(owner) {
      if (!safeNamePattern.test(owner.id)) return false;
      const beat = await lastBeat(path(owner.id));
      if (beat === undefined) return false;
      const sight = see(owner.id, beat);
      if (sight.isDead) return false;
      // Clocks of other machines may be off, so silence here counts as well.
      const silence = Math.max(Date.now() - beat, performance.now() - sight.since);
      if (silence <= silenceMs && !isGone(owner)) return true;
      // All may have slept together, or its number may be another machine's: those that live beat again.
      for (let look = 0; look < looks; look++) {
        await pause((beatMs * 1.5) / looks);
        const now = await lastBeat(path(owner.id));
        if (now !== beat) return now !== undefined;
      }
      sights.set(owner.id, { ...sight, isDead: true });
      return false;
    },
    async forgetOwners(before) {
      for (const name of await readdir(folder).catch(() => [])) {
        const beat = await lastBeat(path(name));
        if (beat !== undefined && beat < before) await rm(path(name), { force: true });
      }
    },
  };
}

const lastBeat = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );

/** True where this machine has no such process any more. */
function isGone({ host, pid }: JobOwner): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
