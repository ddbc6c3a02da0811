import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findInRoots } from './find-in-roots.ts';

let [folder, pictures, holiday] = ['', '', ''];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-roots-'));
  [pictures, holiday] = [join(folder, 'Pictures'), join(folder, 'Holiday')];
  await mkdir(join(pictures, 'sub'), { recursive: true });
  await mkdir(holiday);
  for (const path of ['Pictures/a.png', 'Pictures/sub/b.png', 'Pictures/both.png', 'Holiday/both.png'])
    await writeFile(join(folder, path), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a person's words for a file", () => {
  it.each([
    ['a.png', 'Pictures/a.png'],
    ['sub/b.png', 'Pictures/sub/b.png'],
    ['Pictures/a.png', 'Pictures/a.png'],
    ['./a.png', 'Pictures/a.png'],
  ])('%s is the file that one folder has', async (name, path) => {
    expect(await findInRoots(name, [pictures, holiday])).toBe(join(folder, path));
  });

  it('are left alone where they are absolute, and begin at home with ~', async () => {
    expect(await findInRoots('/etc/passwd', [pictures])).toBe('/etc/passwd');
    expect(await findInRoots('~/x.png', [pictures])).toBe(join(homedir(), 'x.png'));
  });

  it('are refused where no folder has it, or several do', async () => {
    await expect(findInRoots('c.png', [pictures, holiday])).rejects.toMatchObject({ code: 'not-found' });
    await expect(findInRoots('both.png', [pictures, holiday])).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
