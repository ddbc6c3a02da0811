import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { fromSources } from '../__fixtures__/command-line.ts';

const photos = fileURLToPath(new URL('../../../../photos', import.meta.url));
let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'stdio-'));
});
afterAll(() => rm(data, { recursive: true, force: true }));

const call = (id: number, name: string, input: object) => ({
  id,
  method: 'tools/call',
  params: { name, arguments: input },
});
const clientInfo = { name: 'raw', version: '1' };
const greeting = [
  { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } },
  { method: 'notifications/initialized' },
];

/** The command with both of its streams as they are. */
function start(parameters: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [...fromSources, '--data', data, ...parameters], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [lines, noise]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => noise.push(text));
  return {
    child,
    ended: once(child, 'close'),
    messages: (...more: readonly object[]) =>
      [...greeting, ...more].map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join(''),
    answers: () =>
      lines
        .join('')
        .split('\n')
        .filter((line) => line !== '')
        .map((line): Readonly<Record<string, unknown>> => JSON.parse(line)),
    noise: () => noise.join(''),
  };
}

it('answers what was piped into it, then ends', async () => {
  const { child, ended, messages, answers, noise } = start(['--root', photos]);
  const load = call(2, 'load_image', { source: join(photos, 'coffee.png') });
  child.stdin.end(messages(load, { id: 3, method: 'tools/list' }));
  expect(await ended).toEqual([0, null]);
  const byId = new Map(answers().map((answer) => [answer.id, answer.result]));
  expect(byId.get(1)).toMatchObject({ protocolVersion: '2025-11-25' });
  expect(byId.get(2)).toMatchObject({ structuredContent: { width: 600, height: 400 } });
  expect(byId.get(3)).toHaveProperty('tools');
  expect(noise()).not.toMatch(/\n\s+at |SdkError/);
});

it('ends with a host that closes both streams in the middle of a call', async () => {
  let asked = (): void => {};
  const atWork = new Promise<void>((resolve) => {
    asked = resolve;
  });
  // An agent API that never answers.
  const api = createServer(() => asked()).listen(0, '127.0.0.1');
  await once(api, 'listening');
  onTestFinished(() => {
    api.closeAllConnections();
    api.close();
  });
  const { port } = api.address() as AddressInfo;
  const { child, ended, messages, noise } = start(['--api', `http://127.0.0.1:${port}`], { ATELIER_API_KEY: 'a-key' });
  child.stdin.write(messages(call(2, 'ask_image', { image: `img_${'0'.repeat(32)}`, question: 'What is it?' })));
  await atWork;
  child.stdout.destroy();
  child.stdin.end();
  expect(await ended).toEqual([0, null]);
  expect(noise()).not.toMatch(/\n\s+at |SdkError/);
});
