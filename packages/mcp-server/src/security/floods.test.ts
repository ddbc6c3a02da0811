import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imageIn } from './__fixtures__/answer.ts';
import { type HttpHost, httpHost, jsonHeaders } from './__fixtures__/http-host.ts';
import { type SilentBrain, silentBrain } from './__fixtures__/silent-brain.ts';
import { type StdioHost, stdioHost } from './__fixtures__/stdio-host.ts';
import { twoSquares } from './__fixtures__/two-squares.ts';

const soon = { timeout: 15_000, interval: 50 };

describe('whoever stops a call stops the model', () => {
  let brain: SilentBrain;
  let settings: { parameters: string[]; env: Record<string, string> };
  const hosts: (StdioHost | HttpHost)[] = [];
  beforeEach(async () => {
    brain = await silentBrain();
    settings = { parameters: ['--brain', 'compatible:silent'], env: { ATELIER_BRAIN_URL: brain.url } };
  });
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.end()));
    await brain.close();
  });
  const overStdio = async (): Promise<StdioHost> => {
    const host = await stdioHost(settings);
    hosts.push(host);
    return host;
  };
  const overHttp = async (): Promise<HttpHost> => {
    const host = await httpHost(settings);
    hosts.push(host);
    return host;
  };

  it('by a notification, over stdio; the same id can be used again', async () => {
    const host = await overStdio();
    const image = imageIn(await host.call('load_image', { source: (await twoSquares()).url }));
    const params = { name: 'edit_image', arguments: { image, prompt: 'make it nicer' } };
    const asking = { jsonrpc: '2.0', id: 'stopped', method: 'tools/call', params };
    await host.send(`${JSON.stringify(asking)}\n`);
    await expect.poll(() => brain.asked.length, soon).toBe(1);
    const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'stopped' } };
    await host.send(`${JSON.stringify(cancelled)}\n`);
    await expect.poll(() => brain.left.length, soon).toBe(1);
    expect((await host.request('ping', {}, { id: 'stopped' })).error).toBeUndefined();
    expect(host.written('stderr')).not.toMatch(/\n\s+at /);
    expect(host.strayLines()).toEqual([]);
  });

  it('by cancel_job', async () => {
    const host = await overStdio();
    const image = imageIn(await host.call('load_image', { source: (await twoSquares()).url }));
    const { job } = (await host.call('start_edit', { image, prompt: 'make it nicer' })).output;
    await expect.poll(() => brain.asked.length, soon).toBe(1);
    expect((await host.call('cancel_job', { job })).output.state).toBe('cancelled');
    await expect.poll(() => brain.left.length, soon).toBe(1);
  });

  it('by going away in the middle of a call, over HTTP; others are served on', async () => {
    const host = await overHttp();
    const image = imageIn(await host.call('load_image', { source: (await twoSquares()).url }));
    const gone = new AbortController();
    const call = host.call('edit_image', { image, prompt: 'make it nicer' }, { signal: gone.signal });
    await expect.poll(() => brain.asked.length, soon).toBe(1);
    gone.abort();
    await expect(call).rejects.toThrow();
    await expect.poll(() => brain.left.length, soon).toBe(1);
    expect((await host.call('detect_objects', { image, phrases: ['square'] })).refusal).toBeUndefined();
    expect(host.written('stderr')).not.toMatch(/\n\s+at /);
  });

  it('by closing standard input: the process ends, and nothing is left at work', async () => {
    const host = await overStdio();
    const image = imageIn(await host.call('load_image', { source: (await twoSquares()).url }));
    const ended = once(host.child, 'exit');
    const call = { name: 'edit_image', arguments: { image, prompt: 'make it nicer' } };
    await host.send(`${JSON.stringify({ jsonrpc: '2.0', id: 'last', method: 'tools/call', params: call })}\n`);
    await expect.poll(() => brain.asked.length, soon).toBe(1);
    host.child.stdin.end();
    expect((await ended)[0]).toBe(0);
    await expect.poll(() => brain.left.length, soon).toBe(1);
    expect(host.strayLines()).toEqual([]);
  });

  it('and many jobs wait in line: few ask the model at once, and a tenant has no more than may wait', async () => {
    const host = await overHttp();
    const image = imageIn(await host.call('load_image', { source: (await twoSquares()).url }));
    const begun = await Promise.all(
      Array.from({ length: 130 }, (_, index) =>
        host.call('start_edit', { image, session: `flood-${index}`, prompt: 'make it nicer' }),
      ),
    );
    const refused = begun.filter(({ refusal }) => refusal !== undefined);
    expect(begun.length - refused.length).toBeGreaterThan(1);
    expect(begun.length - refused.length).toBeLessThanOrEqual(100);
    for (const { refusal } of refused) expect(refusal).toMatch(/^(rate-limited|server-unavailable|conflict)$/);
    await expect.poll(() => brain.asked.length, soon).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(brain.asked.length).toBeLessThanOrEqual(4);
  });
});

describe('500 calls at once', () => {
  it('over HTTP are all answered, a few at a time, within bounded memory', async () => {
    const host = await httpHost();
    try {
      const image = imageIn(await host.call('load_image', { source: (await twoSquares()).url }));
      const look = () => host.call('detect_objects', { image, phrases: ['square'] });
      const answers = await Promise.all(Array.from({ length: 500 }, look));
      const worked = answers.filter(({ refusal }) => refusal === undefined);
      const refused = answers.filter(({ refusal }) => refusal === 'server-unavailable');
      // Whom the line has no room for is told so at once, and to try again.
      expect(worked.length + refused.length).toBe(500);
      expect(worked.length).toBeGreaterThan(200);
      expect(refused.every(({ text }) => text.includes('Try again'))).toBe(true);
      expect((await look()).refusal).toBeUndefined();
      expect(host.peakMiB()).toBeLessThan(1200);
    } finally {
      await host.end();
    }
  });

  it('over stdio are all answered, also where nobody waits for them', async () => {
    const host = await stdioHost();
    try {
      const image = imageIn(await host.call('load_image', { source: (await twoSquares()).url }));
      const calls = Array.from({ length: 500 }, (_, index) => host.call('job_status', { job: `job_${index}` }));
      const loads = Array.from({ length: 20 }, () => host.call('detect_objects', { image, phrases: ['square'] }));
      expect([...new Set((await Promise.all(calls)).map(({ refusal }) => refusal))]).toEqual(['not-found']);
      expect((await Promise.all(loads)).every(({ refusal }) => refusal === undefined)).toBe(true);
      expect(host.strayLines()).toEqual([]);
    } finally {
      await host.end();
    }
  });
});

it('clients that send half a request and go, or never read, hold up nobody', async () => {
  const host = await httpHost();
  try {
    const { connect } = await import('node:net');
    const sockets = Array.from({ length: 100 }, (_, index) => {
      const socket = connect(host.port, '127.0.0.1').on('error', () => {});
      socket.write(
        `POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{"a":`,
      );
      if (index % 2 === 0) setTimeout(() => socket.destroy(), 50);
      return socket;
    });
    const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    const answer = await host.raw('/mcp', { headers: jsonHeaders, body: JSON.stringify(list) });
    expect(answer.status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await host.raw('/healthz')).status).toBe(200);
  } finally {
    await host.end();
  }
});
