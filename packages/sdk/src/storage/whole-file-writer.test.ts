import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeFileWriter } from './whole-file-writer.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-writer-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

async function leftBehind(name: string, written: Date): Promise<string> {
  await mkdir(join(folder, '.writing'), { recursive: true });
  const path = join(folder, '.writing', name);
  await writeFile(path, 'half');
  await utimes(path, written, written);
  return path;
}

describe('the writer of whole files', () => {
  it('sweeps what killed processes left behind, and nothing that may be being written', async () => {
    const abandoned = await leftBehind('old.json.tmp', hoursAgo(2));
    const recent = await leftBehind('new.json.tmp', hoursAgo(0.5));
    await wholeFileWriter(folder).write(join(folder, 'a', 'b.json'), '{}');
    expect(existsSync(abandoned)).toBe(false);
    expect(existsSync(recent)).toBe(true);
    await rm(recent);
  });

  it('leaves nothing unfinished itself', async () => {
    const writer = wholeFileWriter(folder);
    await writer.write(join(folder, 'one.txt'), 'one');
    const results = await Promise.all([1, 2, 3].map((n) => writer.writeNew(join(folder, 'new.txt'), String(n))));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await readFile(join(folder, 'new.txt'), 'utf8')).toBe(String(results.indexOf(true) + 1));
    expect(await readdir(join(folder, '.writing'))).toEqual([]);
  });

  it('fails where it cannot write, and leaves nothing then', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(wholeFileWriter(folder).write(join(folder, 'file', 'below'), 'x')).rejects.toThrow();
    await mkdir(join(folder, 'directory', 'full'), { recursive: true });
    await expect(wholeFileWriter(folder).write(join(folder, 'directory'), 'x')).rejects.toThrow();
    expect(await readdir(join(folder, '.writing'))).toEqual([]);
  });
});
