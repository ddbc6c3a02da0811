import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AssetStore, fileAssetStore, memoryAssetStore } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeCheck } from './store-check.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-check-'));
});
afterAll(() => rm(folder, { recursive: true }));

const lines: string[] = [];
const logger = pino({}, { write: (line) => void lines.push(line) });

/** A memory store whose puts are counted, and fail as long as there is an error. */
function countedStore(): AssetStore & { puts: number; error: Error | undefined; hangs: boolean } {
  const store = memoryAssetStore();
  const counted = {
    ...store,
    puts: 0,
    error: undefined as Error | undefined, // Set by tests.
    hangs: false,
    put: async (...given: Parameters<AssetStore['put']>) => {
      counted.puts += 1;
      if (counted.hangs) await new Promise(() => {});
      if (counted.error) throw counted.error;
      return store.put(...given);
    },
  };
  return counted;
}

describe('a check of the store', () => {
  it('finds nothing wrong with one that works, and leaves nothing in it', async () => {
    const check = storeCheck(fileAssetStore(join(folder, 'assets')), logger);
    expect(await check.problem()).toBeUndefined();
    const left = await readdir(join(folder, 'assets'), { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
  });

  it('finds a folder that cannot be written to, and tells the log why', async () => {
    await writeFile(join(folder, 'file'), '');
    const problem = await storeCheck(fileAssetStore(join(folder, 'file')), logger).problem();
    expect(problem).toMatch(/^Pictures cannot be stored/);
    expect(problem).not.toContain(folder);
    expect(lines.join('')).toContain('pictures cannot be stored');
  });

  it('asks once for many who want to know, and again later', async () => {
    const store = countedStore();
    store.error = new AtelierError({ code: 'access-denied', message: 'The bucket "secret" is not yours.' });
    const check = storeCheck(store, logger, { badFor: 0 });
    const answers = await Promise.all(Array.from({ length: 10 }, () => check.problem()));
    expect(new Set(answers)).toEqual(new Set(['Pictures cannot be stored (access-denied): the log says why.']));
    expect(store.puts).toBe(1);
    store.error = undefined;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await check.problem()).toBeUndefined();
    expect(await check.problem()).toBeUndefined();
    expect(store.puts).toBe(2);
  });

  it('does not wait for one that hangs', async () => {
    const store = countedStore();
    store.hangs = true;
    expect(await storeCheck(store, logger, { patience: 20 }).problem()).toContain('timed-out');
  });
});
