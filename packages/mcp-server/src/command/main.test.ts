import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProgram } from './__fixtures__/start-program.ts';
import type { Environment } from './given.ts';
import { main } from './main.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-mcp-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs what ends before anything is served. */
async function run(line: string, env: Environment = {}) {
  const said = { stdout: '', stderr: '' };
  const voice = (name: keyof typeof said) => ({
    write: (text: string) => {
      said[name] += text;
    },
  });
  const io = { stdout: voice('stdout'), stderr: voice('stderr'), signal: new AbortController().signal };
  const code = await main(line.split(' '), { ATELIER_DIR: folder, ...env }, io);
  return { code, ...said };
}

describe('main', () => {
  it('shows help and the version on standard output', async () => {
    expect(await run('--version')).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
    expect(await run('--help')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Usage: atelier-mcp'),
      stderr: '',
    });
  });

  it('says of --approve that every edit waits, not those of edit_image alone', async () => {
    const { stdout } = await run('--help');
    expect(stdout.replace(/\s+/g, ' ')).toContain('a person is asked before each edit, also inside edit_image');
  });

  it.each([
    ['--rot /a', {}, 'error: there is no option --rot\nhint: did you mean --root?\n'],
    ['--root /nowhere/at/all', {}, 'error: --root /nowhere/at/all: there is no folder\n'],
    ['--brain gpt', {}, 'the brains are planner'],
    ['--brain openai:some-model', {}, 'OPENAI_API_KEY'],
    ['--http --host 0.0.0.0 --open', {}, 'names it is called by'],
    ['--http --allowed-host atelier.example.org', {}, 'open to everybody'],
    ['--http', { ATELIER_MCP_KEYS: 'lee=too-short' }, 'The secret of the key "lee" cannot be used'],
    ['--http --open', { ATELIER_MCP_KEYS: 'lee=0123456789abcdef' }, 'takes no keys'],
  ] as [string, Environment, string][])(
    'refuses %s with %j, with code 2 and nothing on standard output',
    async (line, env, words) => {
      const { code, stdout, stderr } = await run(line, env);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(words);
      expect(stderr).not.toContain('too-short');
    },
  );

  it('refuses a file in place of a folder, and shows names from outside harmlessly', async () => {
    const file = join(folder, 'file\u001b[31m');
    await writeFile(file, '');
    const { code, stderr } = await run(`--root ${file}`);
    expect(code).toBe(2);
    expect(stderr).toContain('it is no folder');
    expect(stderr).not.toContain('\u001b');
  });
});

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

describe('the program', () => {
  it('answers a host, says where pictures go, and ends with it', async () => {
    const program = startProgram(['--data', folder], { ATELIER_MCP_ROOT: '/a', OPENAI_API_KEY: 'unused' });
    program.send(initialize);
    expect(await program.nextLine()).toMatchObject({ id: 1, result: { serverInfo: { name: 'atelier' } } });
    program.endInput();
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.stderr()).toBe(
      'note: nothing reads ATELIER_MCP_ROOT; did you mean ATELIER_MCP_ROOTS?\n' +
        'atelier-mcp: backend local; brain planner (built in); nothing leaves this machine\n',
    );
  });

  it('says where pictures go, without asking that server before it is needed', async () => {
    const program = startProgram(['--data', folder, '--backend', 'http://127.0.0.1:9'], {});
    program.send(initialize);
    expect(await program.nextLine()).toMatchObject({ id: 1 });
    program.kill('SIGTERM');
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.stderr()).toContain(
      'backend triton, local; brain planner (built in); pictures are sent to http://127.0.0.1:9\n',
    );
  });

  it('ends with its host in the middle of work', async () => {
    const photos = fileURLToPath(new URL('../../../../photos', import.meta.url));
    const program = startProgram(['--data', folder, photos], {});
    program.send(initialize);
    await program.nextLine();
    program.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    const input = { prompt: 'remove the cup', image: join(photos, 'coffee.png') };
    const params = { name: 'edit_image', arguments: input, _meta: { progressToken: 1 } };
    program.send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params });
    const isProgress = (line: unknown) => JSON.stringify(line).includes('notifications/progress');
    // The new picture is told, too; were there no progress, the lines would end with the answer.
    for (let line = await program.nextLine(); !isProgress(line); line = await program.nextLine()) {
      expect(line).not.toHaveProperty('result');
    }
    program.endInput();
    expect(await program.ended).toEqual({ code: 0, signal: null });
  });

  it('works behind an agent API, which it asks when a tool needs it', async () => {
    const program = startProgram(['--api', 'http://127.0.0.1:9'], { ATELIER_API_KEY: 'a-key-of-theirs' });
    program.send(initialize);
    await program.nextLine();
    program.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    const params = { name: 'ask_image', arguments: { image: `img_${'0'.repeat(32)}`, question: 'What is it?' } };
    program.send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params });
    const answer = JSON.stringify(await program.nextLine());
    expect(answer).toContain('server-unreachable');
    program.endInput();
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.stderr()).toContain(
      'works behind the agent API http://127.0.0.1:9: pictures and requests are sent there',
    );
    expect(program.stderr() + answer).not.toContain('a-key-of-theirs');
  });

  it('serves over HTTP until it is told to stop', async () => {
    const key = '0123456789abcdef0123';
    const program = startProgram(['--data', folder, '--http', '--port', '0'], { ATELIER_MCP_KEYS: `lee=${key}` });
    const url = await program.said(/listening at (http:\S+\/mcp); bearer keys/);
    expect((await fetch(new URL('/healthz', url))).status).toBe(200);
    const post = (headers: Record<string, string>) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
        body: JSON.stringify(initialize),
      });
    expect((await post({})).status).toBe(401);
    const answered = await post({ authorization: `Bearer ${key}` });
    expect(answered.status).toBe(200);
    expect(await answered.text()).toContain('"name":"atelier"');
    program.kill('SIGINT');
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(program.stderr()).not.toContain(key);
  });
});
