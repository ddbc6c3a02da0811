import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { photo } from './__fixtures__/run-cli.ts';
import { notRunOutputSchema } from './json-output.ts';

const bin = fileURLToPath(new URL('../bin/atelier.js', import.meta.url));
const entry = fileURLToPath(new URL('./index.ts', import.meta.url));

const run = (script: string, argv: readonly string[]) => {
  // Node inherits its options from the test runner's own environment, which points at the sources.
  const { NODE_OPTIONS: _options, ...env } = process.env;
  return spawnSync(process.execPath, [script, ...argv], { encoding: 'utf8', env });
};

/** Tells at the end which packages for talking to servers were loaded, by import or by require. */
const spyOnLoading = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  const loaded = new Set();
  registerHooks({
    load(url, context, next) {
      const name = /node_modules\\/(undici|@grpc\\/grpc-js)\\//.exec(url)?.[1];
      if (name) loaded.add(name);
      return next(url, context);
    },
  });
  process.on('exit', () => process.stderr.write('loaded: ' + [...loaded].sort().join(' ') + '.'));
`)}`;

describe('bin/atelier.js', () => {
  it('says what to do when nothing is built', () => {
    const folder = mkdtempSync(join(tmpdir(), 'atelier-bin-'));
    try {
      cpSync(bin, join(folder, 'bin', 'atelier.js'));
      const result = run(join(folder, 'bin', 'atelier.js'), []);
      expect(result).toMatchObject({ status: 1, stdout: '' });
      expect(result.stderr).toMatch(/not built[\s\S]*npm run build/i);
      const json = run(join(folder, 'bin', 'atelier.js'), ['ask', '--json']);
      expect(notRunOutputSchema.parse(JSON.parse(json.stdout)).error.code).toBe('not-built');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses a Node that is too old, with --json as one object', () => {
    // Pretends to be old before the script begins; nothing else tells the versions apart.
    const old = `data:text/javascript,${encodeURIComponent(
      "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })",
    )}`;
    const result = run('--import', [old, bin, 'ask', photo('coffee.png'), 'what is in it?', '--json']);
    expect(result.status).toBe(1);
    expect(notRunOutputSchema.parse(JSON.parse(result.stdout)).error).toMatchObject({
      code: 'unsupported-node',
      hint: expect.stringContaining('nodejs.org'),
    });
    expect(result.stderr).toMatch(/^error: .*Node 22/);
  });

  // `npm test` builds first; where the build is missing this fails, and says so.
  it('answers a question in a process of its own, ends by itself, and loads nothing for servers', () => {
    const argv = [bin, 'ask', photo('coffee.png'), 'how many cups are there?', '--json', '-q'];
    const result = run('--import', [spyOnLoading, ...argv]);
    expect(result).toMatchObject({ status: 0, stderr: 'loaded: .' });
    expect(JSON.parse(result.stdout)).toMatchObject({ command: 'ask', status: 'success' });
  });
});

describe('the process', () => {
  it('ends with 130 at Ctrl-C, and leaves nothing behind', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atelier-signal-'));
    try {
      const argv = ['--conditions=atelier-source', entry, 'edit', photo('coffee.png'), 'remove the cup', '--json'];
      const child = spawn(process.execPath, argv, { cwd: folder });
      let stdout = '';
      child.stdout.on('data', (data) => (stdout += data));
      child.stderr.on('data', (data) => {
        if (String(data).includes('done:')) child.kill('SIGINT');
      });
      const [code] = await once(child, 'close');
      expect(code).toBe(130);
      expect(JSON.parse(stdout)).toMatchObject({ status: 'cancelled', output: null });
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('ends quietly when nobody reads its output', async () => {
    const child = spawn(process.execPath, ['--conditions=atelier-source', entry, 'help']);
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (data) => (stderr += data));
    const [code] = await once(child, 'close');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('loads the client for servers for those who name one', () => {
    const ask = ['ask', photo('coffee.png'), 'how many cups are there?', '-q'];
    const server = ['--backend', 'triton', '--url', 'http://127.0.0.1:9'];
    const there = run('--conditions=atelier-source', ['--import', spyOnLoading, entry, ...ask, ...server]);
    expect(there).toMatchObject({ status: 1, stderr: expect.stringMatching(/loaded: @grpc\/grpc-js undici\.$/) });
  });
});
