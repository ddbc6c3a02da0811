import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { photo } from './__fixtures__/run-cli.ts';

const bin = fileURLToPath(new URL('../bin/atelier.js', import.meta.url));
const built = ['../dist/index.js', '../../sdk/dist/index.js', '../../local/dist/index.js'].every((path) =>
  existsSync(new URL(path, import.meta.url)),
);
const run = (script: string, argv: readonly string[]) => {
  // Node inherits its options from the test runner's own environment, which points at the sources.
  const { NODE_OPTIONS: _options, ...env } = process.env;
  return spawnSync(process.execPath, [script, ...argv], { encoding: 'utf8', env });
};

describe('bin/atelier.js', () => {
  it('says what to do when nothing is built', () => {
    const folder = mkdtempSync(join(tmpdir(), 'atelier-bin-'));
    try {
      cpSync(bin, join(folder, 'bin', 'atelier.js'));
      const result = run(join(folder, 'bin', 'atelier.js'), []);
      expect(result).toMatchObject({ status: 1, stdout: '' });
      expect(result.stderr).toMatch(/not built[\s\S]*npm run build/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.skipIf(!built)('answers a question in a process of its own and ends by itself', () => {
    const result = run(bin, ['ask', photo('coffee.png'), 'how many cups are there?', '--json']);
    expect(result.status, result.stderr).toBe(0);
    expect(JSON.parse(result.stdout)).toMatchObject({ command: 'ask', status: 'success' });
  });
});
