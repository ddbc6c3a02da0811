import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderNonces, memoryNonces } from './nonces.ts';

const inFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-nonces-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'used');
};

describe('what was used', () => {
  it.each(['memory', 'a folder'])('is known to be, until it is released (%s)', async (where) => {
    const nonces = where === 'memory' ? memoryNonces() : folderNonces(await inFolder());
    const end = Date.now() + 60_000;
    const all = await Promise.all(Array.from({ length: 20 }, () => nonces.consume('../one', end)));
    expect(all.filter(Boolean)).toHaveLength(1);
    expect(await nonces.consume('two', end)).toBe(true);
    await nonces.release('../one', end);
    expect(await nonces.consume('../one', end)).toBe(true);
  });

  it('is known to every process over the folder', async () => {
    const folder = await inFolder();
    const end = Date.now() + 60_000;
    const answers = await Promise.all(Array.from({ length: 8 }, () => folderNonces(folder).consume('one', end)));
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('is forgotten some time after it ended', async () => {
    const folder = await inFolder();
    let now = 1_000_000;
    const nonces = folderNonces(folder, () => now);
    await nonces.consume('one', now + 600_000);
    now += 601_000;
    await nonces.consume('two', now + 600_000);
    // Clocks of other processes may be behind.
    expect(await readdir(folder)).toHaveLength(2);
    now += 61_000;
    await nonces.consume('three', now + 600_000);
    expect(await readdir(folder)).toHaveLength(2);
  });
});
