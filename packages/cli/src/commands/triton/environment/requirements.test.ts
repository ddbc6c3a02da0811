import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelNames, modelsPackage } from './models-package.ts';
import { environmentFolder, readRequirements } from './requirements.ts';
import { byteText } from './sizes.ts';
import { cacheFolder } from './user-cache.ts';

describe('the folder of an environment', () => {
  const base = { version: '3.11.7', device: 'cpu', text: 'torch==2.13.0\n' } as const;
  const name = (more: Partial<Parameters<typeof environmentFolder>[1]> = {}) =>
    environmentFolder('/cache', { ...base, ...more });

  it('is another one for another Python, device or requirement, and the same for other comments', () => {
    expect(name()).toMatch(/^\/cache\/venv-[0-9a-f]{12}$/);
    const others = [name({ version: '3.11.8' }), name({ device: 'cuda' }), name({ text: 'torch==2.13.1\n' })];
    expect(new Set([name(), ...others]).size).toBe(4);
    expect(name({ text: '# why\n\ntorch==2.13.0  # because\n' })).toBe(name());
  });

  it('depends on what the requirements include', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'atelier-requirements-'));
    try {
      await mkdir(join(folder, 'requirements'));
      await writeFile(join(folder, 'requirements', 'cpu.txt'), '-r models.txt\ntorch==2.13.0\n');
      await writeFile(join(folder, 'requirements', 'models.txt'), 'pillow==1\n');
      const first = await readRequirements(folder, 'cpu');
      await writeFile(join(folder, 'requirements', 'models.txt'), 'pillow==2\n');
      const second = await readRequirements(folder, 'cpu');
      expect(first.file).toBe(join(folder, 'requirements', 'cpu.txt'));
      expect(first.text).toContain('pillow==1');
      expect(name({ text: first.text })).not.toBe(name({ text: second.text }));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

it('the package has the five models and the requirements of both devices', async () => {
  const folder = modelsPackage();
  expect(modelNames(folder)).toEqual(['clip', 'owlv2', 'sam', 'sd3', 'vqa']);
  for (const device of ['cpu', 'cuda'] as const) {
    expect((await readRequirements(folder, device)).text).toMatch(/^torch==[\s\S]*^nvidia-pytriton==/m);
  }
});

it('the cache is where the models look for theirs', () => {
  expect(cacheFolder(undefined, { HOME: '/home/a' })).toBe('/home/a/.cache/atelier');
  expect(cacheFolder(undefined, {})).toBe(join(homedir(), '.cache/atelier'));
  expect(cacheFolder(undefined, { HOME: '/home/a', XDG_CACHE_HOME: '/var/c' })).toBe('/var/c/atelier');
  expect(cacheFolder(undefined, { ATELIER_CACHE: '/big', XDG_CACHE_HOME: '/var/c' })).toBe('/big');
  expect(cacheFolder('/mine', { ATELIER_CACHE: '/big' })).toBe('/mine');
});

it('sizes are told in decimal units', () => {
  expect([350e6, 1.8e9, 8e9, 15_500_000_000, 17_000, 1].map(byteText)).toEqual([
    '350 MB',
    '1.8 GB',
    '8.0 GB',
    '15.5 GB',
    '17 kB',
    '1 kB',
  ]);
});
