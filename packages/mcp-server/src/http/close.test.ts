import { setTimeout as delay } from 'node:timers/promises';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { anybody } from '../auth/caller.ts';
import { callTool, pngOf, rpc, start, studioWorkshops } from './__fixtures__/start.ts';

const isAtWork = async (callers: readonly string[]) => {
  while (callers.length === 0) await delay(5);
};

describe('closing', () => {
  it('lets requests at work end, and takes no new ones', async () => {
    const { url, callers, close } = await start();
    const answer = fetch(url, callTool('wait', { name: 'a', ms: 300 }));
    await isAtWork(callers);
    const closed = close();
    await expect(fetch(url, rpc('ping'))).rejects.toThrow();
    expect(await (await answer).text()).toContain('waited a');
    await closed;
  });

  it('stops what takes longer than the time it is given, and closes once', async () => {
    const { url, callers, stopped, close } = await start();
    const cutOff = expect(fetch(url, callTool('wait', { name: 'a', ms: 60_000 })).then((answer) => answer.text()));
    const rejected = cutOff.rejects.toThrow();
    await isAtWork(callers);
    await Promise.all([close({ graceMs: 50 }), close()]);
    await rejected;
    while (stopped.length === 0) await delay(5);
    expect(stopped).toEqual(['a']);
  });

  it('stops work whose caller went away', async () => {
    const { url, callers, stopped } = await start();
    const leaving = new AbortController();
    const answer = fetch(url, { ...callTool('wait', { name: 'a', ms: 60_000 }), signal: leaving.signal });
    await isAtWork(callers);
    leaving.abort();
    await answer.then((response) => response.text()).catch(() => {});
    while (stopped.length === 0) await delay(5);
    expect(stopped).toEqual(['a']);
  });

  it('tells changes to those of the tenant who subscribe, and waits for none of them', async () => {
    const workshops = studioWorkshops();
    onTestFinished(() => workshops.close());
    const { url, close } = await start({ workshops });
    const client = new Client({ name: 'v2', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    onTestFinished(() => client.close());
    const told = new Promise((resolve) => client.setNotificationHandler('notifications/resources/updated', resolve));
    const [mine, theirs] = ['mine', 'theirs'].map((session) => `atelier://sessions/${session}/history`);
    await client.listen({ resourceSubscriptions: [String(mine), String(theirs)] });
    const bytes = await pngOf(8);
    await workshops.of({ ...anybody.principal, scope: 'others' }).takeBytes(bytes, { session: 'theirs' });
    await workshops.of(anybody.principal).takeBytes(bytes, { session: 'mine' });
    expect(await told).toMatchObject({ params: { uri: mine } });
    const began = performance.now();
    await close({ graceMs: 60_000 });
    expect(performance.now() - began).toBeLessThan(30_000);
  });
});
