import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cropPixels, decodeImage } from '@atelier/sdk/image';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kept, writeCrops, writeRecipe } from './__fixtures__/batch-photos.ts';
import { jsonOf, runCli } from './__fixtures__/run-cli.ts';
import { exitCodes } from './exit-codes.ts';

const entry = fileURLToPath(new URL('./index.ts', import.meta.url));
const count = 20;

let folder = '';
const at = (...path: string[]) => join(folder, ...path);
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'atelier-batch-')));
  await writeCrops(at('photos'), count);
  await writeRecipe(at('r.json'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Pseudo-random numbers in 0..1 that are the same each time (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Runs the batch in a process of its own, and ends it a moment after so many photos are done. */
async function interrupt(output: string, signal: 'SIGKILL' | 'SIGINT', done: number, delayMs: number) {
  const argv = ['--conditions=atelier-source', entry, 'batch', at('r.json'), at('photos'), '-o', at(output)];
  const child = spawn(process.execPath, argv);
  let [stdout, stderr, isStopped] = ['', '', false];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', async (text) => {
    stderr += text;
    if (isStopped || (stderr.match(/^done:/gm)?.length ?? 0) < done) return;
    isStopped = true;
    await wait(delayMs);
    child.kill(signal);
  });
  const [code, endedBy] = await once(child, 'close');
  return { code, endedBy, stdout, stderr };
}

/** Every file of a folder, also hidden ones. */
async function contents(output: string) {
  const names = (await readdir(at(output))).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await readFile(at(output, name))).toString('base64')])),
  );
}

describe('a batch that is interrupted', () => {
  it('and killed twice, at seeded moments, ends with the same files, byte for byte, and leaves protected pixels alone', async () => {
    const whole = await runCli(['batch', at('r.json'), at('photos'), '-o', at('whole'), '--json']);
    expect(whole.code, whole.stdout).toBe(exitCodes.done);
    const random = seeded(20);
    for (const rest of [count, count / 2]) {
      const done = 1 + Math.floor(random() * (rest / 2 - 1));
      const { endedBy } = await interrupt('killed', 'SIGKILL', done, random() * 150);
      expect(endedBy).toBe('SIGKILL');
    }
    const before = (await readdir(at('killed'))).filter((name) => /^p\d+\.png$/.test(name)).length;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(count);
    const resumed = jsonOf(await runCli(['batch', at('r.json'), at('photos'), '-o', at('killed'), '--json']), 'batch');
    expect(resumed.counts).toMatchObject({ photos: count, done: count, failed: 0 });
    // The journal knows of a result before it is there: none is made twice, and none taken for somebody else's.
    expect(resumed.counts.kept).toBe(before);
    const [expected, found] = [await contents('whole'), await contents('killed')];
    expect(Object.keys(expected)).toHaveLength(count + 2);
    expect(found).toEqual(expected);
    for (const { input, output } of resumed.photos) {
      const [photo, result] = [
        await decodeImage(await readFile(input)),
        await decodeImage(await readFile(output ?? '')),
      ];
      expect(result.id).not.toBe(photo.id);
      expect(cropPixels(result, kept).data).toEqual(cropPixels(photo, kept).data);
    }
  }, 120_000);

  it('by Ctrl-C stops within moments, says how to go on, and leaves the folder free', async () => {
    const began = performance.now();
    const { code, stdout, stderr } = await interrupt('stopped', 'SIGINT', 1, 0);
    expect(code, stderr).toBe(exitCodes.interrupted);
    expect(stderr).toMatch(/^note: stopped with \d+ to go: run the same command again to go on$/m);
    expect(stdout).toMatch(/^Not begun +\d+$/m);
    const names = await readdir(at('stopped'));
    expect(names.filter((name) => !/^p\d+\.png$/.test(name))).toEqual(['.atelier-batch.jsonl']);
    expect(names.length).toBeLessThan(count);
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});
