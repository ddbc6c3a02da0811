import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asMessage, rawStdio } from '../__fixtures__/raw-stdio.ts';

let data: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'stdout-'));
});
afterAll(() => rm(data, { recursive: true, force: true }));

/** A module that Node loads before ours. */
const preload = (code: string): readonly string[] => ['--import', `data:text/javascript,${encodeURIComponent(code)}`];

const foreign = (lines: readonly string[]): readonly string[] => lines.filter((line) => asMessage(line) === undefined);

it('stdout carries the protocol alone where tools fail and messages make no sense', async () => {
  const server = rawStdio({ parameters: ['--data', data, '--root', data] });
  await server.initialize();
  server.notify('notifications/initialized');
  server.write('this is no JSON');
  server.write('{"jsonrpc":"2.0","id":{},"method":"tools/call"}');
  const failed = await server.request('tools/call', {
    name: 'load_image',
    arguments: { source: join(data, 'none.png') },
  });
  expect(failed).toMatchObject({ result: { isError: true } });
  expect(await server.request('tools/call', { name: 'no_such_tool' })).toHaveProperty('error');
  expect(await server.request('no/such/method')).toHaveProperty('error');
  expect(await server.close()).toBe(0);
  expect(foreign(server.lines)).toEqual([]);
  expect(server.lines.length).toBeGreaterThanOrEqual(4);
  expect(server.errors()).not.toBe('');
});

it('stdout carries the protocol alone where libraries print', async () => {
  const chatter = `process.on('SIGUSR2', () => { console.log('chatter'); console.info('chatter'); console.debug('chatter');
    console.dir({ chatter: 1 }); console.table([1]); process.emitWarning('chatter'); });`;
  const server = rawStdio({ parameters: ['--data', data], nodeOptions: preload(chatter) });
  await server.initialize();
  server.signal('SIGUSR2');
  await server.request('tools/list');
  await server.request('resources/list');
  await server.close();
  expect(foreign(server.lines)).toEqual([]);
  expect(server.errors()).toContain('chatter');
});

it('stdout carries the protocol alone where the process crashes', async () => {
  const crash = `process.on('SIGUSR2', () => { throw new Error('broken'); });`;
  const server = rawStdio({ parameters: ['--data', data], nodeOptions: preload(crash) });
  await server.initialize();
  server.signal('SIGUSR2');
  await server.ended;
  expect(foreign(server.lines)).toEqual([]);
  expect(server.errors()).toContain('broken');
});
