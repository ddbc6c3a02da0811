import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './lock.ts';
import { processStart } from './process-start.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const lockOf = async (owner: object | string) => {
  const mine = { pid: process.pid, host: hostname(), started: await processStart(process.pid) };
  const text = typeof owner === 'string' ? owner : JSON.stringify({ ...mine, ...owner });
  await writeFile(join(folder, `.atelier-batch.${randomUUID()}.lock`), text);
};

/** The id of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

describe('the lock of a folder', () => {
  it('is held by one until it is released', async () => {
    const lock = await lockFolder(folder, 'out');
    await expect(lockFolder(folder, 'out', 50)).rejects.toMatchObject({
      code: 'conflict',
      isRetryable: true,
      hint: expect.stringContaining('-o'),
      details: { pid: process.pid, folder: 'out' },
    });
    await lock.release();
    await (await lockFolder(folder, 'out')).release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over from a process that is gone, by exactly one of many', async () => {
    const pid = await deadProcess();
    for (let round = 0; round < 2; round++) {
      await lockOf({ pid });
      const takers = await Promise.allSettled(Array.from({ length: 5 }, () => lockFolder(folder, 'out')));
      const won = takers.flatMap((taker) => (taker.status === 'fulfilled' ? [taker.value] : []));
      expect(won).toHaveLength(1);
      await won[0].release();
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over where the process id is used again by another process', async () => {
    const started = await processStart(process.pid);
    // Where the system does not tell when a process began, nobody can know.
    if (started === null) return;
    await lockOf({ started: `${started}0` });
    await (await lockFolder(folder, 'out')).release();
    await lockOf({});
    await expect(lockFolder(folder, 'out', 50)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is taken over where a power cut left it empty, and never from another machine', async () => {
    await lockOf('');
    await (await lockFolder(folder, 'out')).release();
    expect(await readdir(folder)).toEqual([]);
    await lockOf({ host: 'elsewhere', pid: 1 });
    await expect(lockFolder(folder, 'out', 50)).rejects.toMatchObject({ details: { host: 'elsewhere' } });
  });
});
