import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Remembers what was used, so that it works one time only. */
export interface Nonces {
  /** True for exactly one caller per nonce, until it is released. It is remembered until `expiresAt` (milliseconds since 1970). */
  consume(nonce: string, expiresAt: number): Promise<boolean>;
  /** As if it had not been used: what it was used for came to nothing. */
  release(nonce: string, expiresAt: number): Promise<void>;
}

const sweepEveryMs = 60_000;

/** For one process. */
export function memoryNonces(now: () => number = Date.now): Nonces {
  const used = new Map<string, number>();
  return {
    async consume(nonce, expiresAt) {
      for (const [old, end] of used) if (end <= now()) used.delete(old);
      if (used.has(nonce)) return false;
      used.set(nonce, expiresAt);
      return true;
    },
    async release(nonce) {
      used.delete(nonce);
    },
  };
}

/** For all processes that share a folder: an empty file for each, which only one of them can create. */
export function folderNonces(folder: string, now: () => number = Date.now): Nonces {
  let sweptAt = Number.NEGATIVE_INFINITY;
  // The end comes first, so that sweeping needs no look into files.
  const pathOf = (nonce: string, expiresAt: number): string =>
    join(folder, `${Math.ceil(expiresAt)}-${createHash('sha256').update(nonce).digest('hex').slice(0, 40)}`);

  async function sweep(): Promise<void> {
    if (now() - sweptAt < sweepEveryMs) return;
    sweptAt = now();
    const ended = (await readdir(folder)).filter((name) => Number.parseInt(name, 10) + sweepEveryMs <= now());
    await Promise.all(ended.map((name) => rm(join(folder, name), { force: true })));
  }

  return {
    async consume(nonce, expiresAt) {
      await mkdir(folder, { recursive: true });
      await sweep();
      try {
        await writeFile(pathOf(nonce, expiresAt), '', { flag: 'wx' });
        return true;
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
        throw error;
      }
    },
    release: (nonce, expiresAt) => rm(pathOf(nonce, expiresAt), { force: true }),
  };
}
