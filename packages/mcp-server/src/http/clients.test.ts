import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { Client as EarlierClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as EarlierTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callTool, rpc, start, withBearer } from './__fixtures__/start.ts';

const secret = 'a-secret-of-lee-0123456789';
const keys = [{ name: 'lee', secret }];
const requestInit = { headers: { Authorization: `Bearer ${secret}` } };

describe('the server over HTTP', () => {
  it.each(['auto', 'legacy'] as const)('answers the v2 client (%s)', async (mode) => {
    const { url, callers } = await start({ auth: { keys } });
    const client = new ModernClient({ name: 'v2', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(new ModernTransport(new URL(url), { requestInit }));
    onTestFinished(() => client.close());
    expect(client.getProtocolEra()).toBe(mode === 'auto' ? 'modern' : 'legacy');
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['whoami', 'paint', 'wait']);
    const { content } = await client.callTool({ name: 'whoami', arguments: {} });
    expect(content).toEqual([
      { type: 'text', text: JSON.stringify({ scope: 'lee', may: { look: true, edit: true }, token: '' }) },
    ]);
    expect(new Set(callers)).toEqual(new Set(['lee']));
  });

  it('answers the 1.x client', async () => {
    const { url } = await start({ auth: { keys } });
    const client = new EarlierClient({ name: 'v1', version: '1' });
    // Its own types disagree under exactOptionalPropertyTypes.
    await client.connect(new EarlierTransport(new URL(url), { requestInit }) as Parameters<typeof client.connect>[0]);
    onTestFinished(() => client.close());
    const { content } = await client.callTool({ name: 'paint', arguments: {} });
    expect(content).toEqual([{ type: 'text', text: 'painted' }]);
  });

  it('tells clients without a key what is missing', async () => {
    const { url, callers } = await start({ auth: { keys } });
    const client = new ModernClient({ name: 'v2', version: '1' });
    await expect(client.connect(new ModernTransport(new URL(url)))).rejects.toThrow();
    const earlier = new EarlierClient({ name: 'v1', version: '1' });
    const transport = new EarlierTransport(new URL(url)) as Parameters<typeof earlier.connect>[0];
    await expect(earlier.connect(transport)).rejects.toThrow(/needs a key or token/);
    expect(callers).toEqual([]);
  });

  it('answers plain requests of everybody on loopback where there are no keys', async () => {
    const { url, baseUrl, port } = await start();
    expect(url).toBe(`http://127.0.0.1:${port}/mcp`);
    const answer = await fetch(url, callTool('whoami'));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(String.raw`\"scope\":\"default\"`);
    expect(await (await fetch(`${baseUrl}/healthz`)).json()).toEqual({ status: 'ok' });
  });

  it('answers what it does not have in a form that programs read', async () => {
    const { url, baseUrl, errors } = await start();
    const missing = await fetch(`${baseUrl}/nothing`);
    expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
    expect(await missing.json()).toMatchObject({ status: 404, code: 'not-found' });
    const put = await fetch(url, { method: 'PUT', body: 'x' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST, DELETE']);
    expect(await put.json()).toMatchObject({ jsonrpc: '2.0', error: { data: { code: 'invalid-input' } }, id: null });
    expect((await fetch(url)).status).toBe(405);
    const broken = await fetch(url, { ...rpc('ping'), body: '{"jsonrpc"' });
    expect(await broken.json()).toMatchObject({ error: { code: -32700 } });
    expect(broken.status).toBe(400);
    const text = await fetch(url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' });
    expect(text.status).toBe(415);
    expect(errors.map(({ message }) => message).join()).not.toContain('Something');
  });

  it('tells the operator alone what went wrong inside', async () => {
    const makeServer = () => Promise.reject(new Error('no such file: /srv/secret'));
    const { url, errors } = await start({ makeServer });
    const answer = await fetch(url, callTool('whoami'));
    expect([answer.status, (await answer.text()).includes('/srv')]).toEqual([500, false]);
    expect(errors.map(({ message }) => message)).toEqual(['no such file: /srv/secret']);
  });

  it('tells who may only look that editing needs another key, and lets them look', async () => {
    const guest = 'a-secret-of-guests-987654';
    const { url } = await start({
      auth: { keys: [...keys, { name: 'guest', secret: guest, may: { look: true, edit: false } }] },
    });
    expect((await fetch(url, withBearer(callTool('whoami'), guest))).status).toBe(200);
    const refused = await fetch(url, withBearer(callTool('paint'), guest));
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toMatch(/insufficient_scope.*scope="atelier:look atelier:edit"/);
    expect((await fetch(url, withBearer(callTool('paint'), secret))).status).toBe(200);
  });
});
