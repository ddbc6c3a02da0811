import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
let copy = '';

/** The parts of the repository that `npm run generate` reads, in a folder of their own with a space in its path. */
beforeAll(() => {
  copy = join(mkdtempSync(join(tmpdir(), 'atelier-generate-')), 'a copy');
  for (const part of [
    'scripts',
    'README.md',
    'package.json',
    'packages/sdk/src',
    'packages/sdk/scripts',
    'packages/sdk/package.json',
    'docs/mcp.md',
    'packages/mcp-server/src/command',
    'packages/mcp-server/scripts',
    'packages/mcp-server/package.json',
    'packages/mcp-server/server.json',
  ])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  const modules = join(copy, 'node_modules');
  mkdirSync(join(modules, '@atelier'), { recursive: true });
  symlinkSync(join(copy, 'packages', 'sdk'), join(modules, '@atelier', 'sdk'), 'dir');
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@atelier' && !name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
});
afterAll(() => rmSync(dirname(copy), { recursive: true, force: true }));

const generate = (...flags: string[]) =>
  spawnSync(process.execPath, ['--conditions=atelier-source', 'scripts/generate.ts', ...flags], {
    cwd: copy,
    encoding: 'utf8',
  });

describe('npm run generate', () => {
  it('takes a new adjustment into the index and the README in one run', () => {
    const operations = join(copy, 'packages', 'sdk', 'src', 'capabilities', 'adjust', 'operations');
    const source = readFileSync(join(operations, 'clear.ts'), 'utf8');
    const planted = source.replace('const clear:', 'const vanish:').replace("name: 'clear'", "name: 'vanish'");
    writeFileSync(join(operations, 'vanish.ts'), planted);
    const stale = generate('--check');
    expect(stale.status).toBe(1);
    expect(stale.stderr).toContain('operations/index.ts is out of date');

    const { status, stderr } = generate();
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(readFileSync(join(operations, 'index.ts'), 'utf8')).toContain("import { vanish } from './vanish.ts';");
    expect(readFileSync(join(copy, 'README.md'), 'utf8')).toContain('| `vanish` |');
    expect(generate('--check')).toMatchObject({ status: 0, stderr: '' });
  });

  it('tells what tools do to pictures', () => {
    const readme = readFileSync(join(copy, 'README.md'), 'utf8');
    expect(readme).toMatch(/^\| `remove_object` \|.*\| makes a new one \|$/m);
    expect(readme).toMatch(/^\| `undo_edit` \|.*\| goes back to an older one \|$/m);
    expect(readme).toMatch(/^\| `ask_image` \|.*\| no \|$/m);
  });
});
