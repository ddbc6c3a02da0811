import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { httpHost, jsonHeaders, readRpc } from './__fixtures__/http-host.ts';
import { toolsIn } from './__fixtures__/known-tools.ts';
import { malformedMessage } from './__fixtures__/malformed.ts';
import { SeededRandom } from './__fixtures__/random.ts';
import { stdioHost } from './__fixtures__/stdio-host.ts';

const photos = fileURLToPath(new URL('../../../../photos', import.meta.url));
const parameters = ['--root', photos];
const photograph = { source: `${photos}/two-cups.png` };
/** Ten times what a server has after it started, and far from what a machine has. */
const mostMiB = 900;

it('3,500 malformed messages over stdio: what can be answered is, and it works on', { timeout: 120_000 }, async () => {
  const host = await stdioHost({ parameters });
  onTestFinished(async () => void (await host.end()));
  const tools = toolsIn(await host.request('tools/list'));
  const random = new SeededRandom(2026);
  const owed: string[] = [];
  for (let index = 0; index < 3500; index++) {
    const message = malformedMessage(random, index, tools);
    if (message.owed !== undefined) owed.push(message.owed);
    await host.send(Buffer.concat([message.bytes, Buffer.from('\n')]));
  }
  expect((await host.request('ping')).error).toBeUndefined();
  expect((await host.call('load_image', photograph)).output).toMatchObject({ width: 1200, height: 400 });
  await expect.poll(() => missing(owed, host.lines), { timeout: 20_000 }).toEqual([]);
  expect(owed.length).toBeGreaterThan(300);
  expect(host.strayLines()).toEqual([]);
  expect(host.peakMiB()).toBeLessThan(mostMiB);
  // No stack: nothing was a fault of ours.
  expect(host.written('stderr')).not.toMatch(/\n\s+at /);
  expect(await host.end()).toBe(0);
});

const missing = (owed: readonly string[], lines: readonly string[]): string[] => {
  const answered = new Set(lines.map((line) => JSON.parse(line).id));
  return owed.filter((id) => !answered.has(id));
};

it('1,500 malformed messages over HTTP: refused or answered, and it works on', { timeout: 120_000 }, async () => {
  const host = await httpHost({ parameters });
  onTestFinished(async () => void (await host.end()));
  const tools = toolsIn(await host.request('tools/list'));
  const random = new SeededRandom(2025);
  const faults: string[] = [];
  let index = 0;
  const attack = async (): Promise<void> => {
    while (index < 1500) {
      const { bytes, owed } = malformedMessage(random, index++, tools);
      const answer = await host.raw('/mcp', { method: 'POST', body: bytes, headers: jsonHeaders });
      const isTold = [200, 202, 400].includes(answer.status) && (answer.text === '' || readRpc(answer) !== undefined);
      if (!isTold || (owed !== undefined && readRpc(answer).id !== owed)) {
        faults.push(`${answer.status} ${answer.text.slice(0, 200)} to ${bytes.toString().slice(0, 300)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, attack));
  expect(faults).toEqual([]);
  expect((await host.call('load_image', photograph)).output).toMatchObject({ width: 1200, height: 400 });
  expect(host.written('stdout')).toBe('');
  expect(host.peakMiB()).toBeLessThan(mostMiB);
  expect(host.written('stderr')).not.toMatch(/\n\s+at /);
  expect(await host.end()).toBe(0);
});
