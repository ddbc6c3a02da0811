import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { send, sendSlowly } from './__fixtures__/raw-request.ts';
import { callTool, rpc, start, withBearer } from './__fixtures__/start.ts';
import { checkJsonShape } from './json-shape.ts';

const megabyte = 1_000_000;
const big = (bytes: number) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping', params: { x: 'a'.repeat(bytes) } });

describe('bodies', () => {
  it('takes 7 MB of both eras, and refuses 9 MB, by their length or as they come', async () => {
    const { url, callers } = await start();
    expect((await fetch(url, { ...rpc('ping'), body: big(7 * megabyte) })).status).toBe(200);
    const refused = await fetch(url, { ...rpc('ping'), body: big(9 * megabyte) });
    expect(refused.status).toBe(413);
    expect(await refused.json()).toMatchObject({ error: { data: { code: 'request-too-large' } } });
    const parts = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < 20; sent++) controller.enqueue(new Uint8Array(megabyte).fill(0x20));
        controller.close();
      },
    });
    const streamed = await fetch(url, { ...rpc('ping'), body: parts, duplex: 'half' } as RequestInit);
    expect(streamed.status).toBe(413);
    expect(callers).toHaveLength(1);
  });

  it('lets nobody without a key send one', async () => {
    const { url } = await start({ auth: { keys: [{ name: 'lee', secret: '0123456789abcdef' }] } });
    const asked = { ...rpc('ping').headers, expect: '100-continue', 'content-length': String(7 * megabyte) };
    const { status, headers } = await send(url, { headers: asked, body: '' }).catch(() => ({ status: 0, headers: {} }));
    expect([status, headers]).toEqual([401, expect.objectContaining({ connection: 'close' })]);
    const large = withBearer({ ...rpc('ping'), body: big(7 * megabyte) }, 'wrong');
    expect((await fetch(url, large)).status).toBe(401);
  });

  it('takes the body of who asks first', async () => {
    const { url } = await start();
    const body = callTool('paint').body;
    const asked = { ...rpc('ping').headers, expect: '100-continue', 'content-length': String(body.length) };
    expect((await send(url, { headers: asked, body })).text).toContain('painted');
  });

  it('refuses compressed ones and ones that cost more than they weigh', async () => {
    const { url, callers } = await start();
    const packed = { ...rpc('ping'), body: gzipSync(big(megabyte)) };
    const headers = { ...packed.headers, 'content-encoding': 'gzip' };
    expect((await fetch(url, { ...packed, headers })).status).toBe(400);
    const deep = `{"jsonrpc":"2.0","id":1,"method":"ping","params":${'['.repeat(megabyte)}`;
    expect((await fetch(url, { ...rpc('ping'), body: deep })).status).toBe(400);
    expect((await fetch(url, { ...rpc('ping'), body: `[${'0,'.repeat(megabyte)}0]` })).status).toBe(400);
    expect(callers).toEqual([]);
  });

  it('looks over brackets, and not over those in texts', () => {
    const look = (json: string) => () => checkJsonShape(Buffer.from(json));
    expect(look(JSON.stringify({ text: `${'['.repeat(100)}\\"${'{'.repeat(100)}\\` }))).not.toThrow();
    expect(look('["\\\\",'.repeat(65))).toThrow(/64 deep/);
    expect(look('{"a":'.repeat(64))).not.toThrow();
    expect(look('"never ends')).not.toThrow();
  });
});

describe('slow clients', () => {
  const timeouts = { headersMs: 300, requestMs: 600, checkMs: 50 };

  it('ends those that send headers a byte at a time', async () => {
    const { port, url } = await start({ timeouts });
    const came = await sendSlowly(port, { head: 'POST /mcp HTTP/1.1\r\nHost: localhost\r\n', part: 'X-A: b\r\n' });
    expect(came).toContain('408');
    expect((await fetch(url, rpc('ping'))).status).toBe(200);
  });

  it('ends those that send a body a byte at a time, and those that say nothing', async () => {
    const { port, callers } = await start({ timeouts });
    const head =
      'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n';
    const [body, silent] = await Promise.all([sendSlowly(port, { head, part: ' ' }), sendSlowly(port, {})]);
    expect([body.startsWith('HTTP/1.1 408'), silent.includes('200')]).toEqual([true, false]);
    expect(callers).toEqual([]);
  });

  it('does not count the time of the work', async () => {
    const { url } = await start({ timeouts });
    expect(await (await fetch(url, callTool('wait', { name: 'a', ms: 1000 }))).text()).toContain('waited a');
  });
});
