import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeLinks } from './make-links.ts';

it('makes missing links, whoever else does at the same moment, and none that leads outside', async () => {
  const home = await mkdtemp(join(tmpdir(), 'atelier-links-'));
  const native = join(home, 'a-copy');
  await mkdir(join(native, 'lib'), { recursive: true });
  await writeFile(join(native, 'lib', 'lib.so.6.18'), 'library');
  const links = [
    { source: 'native/lib/lib.so.6.18', target: 'native/lib/lib.so.6' },
    { source: '../secret', target: '../outside' },
  ];
  await writeFile(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  await Promise.all([makeLinks(native), makeLinks(native), makeLinks(native)]);
  await makeLinks(native);
  expect(await readlink(join(native, 'lib', 'lib.so.6'))).toBe('lib.so.6.18');
  expect(await readFile(join(native, 'lib', 'lib.so.6'), 'utf8')).toBe('library');
  await expect(readlink(join(home, '..', 'outside'))).rejects.toMatchObject({ code: 'ENOENT' });
  await rm(home, { recursive: true });
});
