import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';

const watched = `
import { readerGone } from ${JSON.stringify(new URL('reader-gone.ts', import.meta.url).href)};
const isGone = readerGone(1);
console.error(isGone() ? 'gone' : 'there');
const timer = setInterval(() => { if (isGone()) { clearInterval(timer); console.error('gone'); } }, 20);
setTimeout(() => process.exit(), 20_000).unref();
`;
const parameters = ['--input-type=module', '--eval', watched];

/** What the process says on stderr until it ends. */
function start(command: string, more: readonly string[]) {
  const child = spawn(command, more, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text.trim()));
  const closed = once(child, 'close');
  return { child, said, closed };
}

it('sees that the other end of a socket was closed, and not before', async () => {
  const { child, said, closed } = start(process.execPath, parameters);
  await once(child.stderr, 'data');
  await delay(100);
  expect(said).toEqual(['there']);
  child.stdout.destroy();
  await closed;
  expect(said).toEqual(['there', 'gone']);
});

it('sees that who started it with a pipe has ended', async () => {
  const { child, said, closed } = start('/bin/sh', ['-c', '"$0" "$@" | cat; true', process.execPath, ...parameters]);
  await once(child.stderr, 'data');
  await delay(100);
  expect(said).toEqual(['there']);
  child.kill('SIGKILL');
  await closed;
  expect(said).toEqual(['there', 'gone']);
});
