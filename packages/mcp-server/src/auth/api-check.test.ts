import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { callTool, start, withBearer } from '../http/__fixtures__/start.ts';
import { apiCheck } from './api-check.ts';
import { authenticator } from './authenticator.ts';

/** What an agent API says to `GET /jobs`, by the key. */
async function agentApi(statusOf: (key: string) => number): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer(({ url, headers }, response) => {
    const key = headers.authorization?.replace('Bearer ', '') ?? '';
    asked.push(`${url} ${key}`);
    response.writeHead(statusOf(key)).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, asked };
}

describe('keys of an agent API', () => {
  it('are checked by asking it, once for a while, and passed on', async () => {
    const { url, asked } = await agentApi((key) => (key.startsWith('atl_good') ? 200 : 401));
    const { check, keyOf } = apiCheck({ url: `${url}/`, believedMs: 60_000 });
    const [first, second] = await Promise.all([check('atl_good_1'), check('atl_good_1')]);
    expect(first).toBe(second);
    expect(first.principal).toMatchObject({ key: 'atl_good_1', scope: expect.stringMatching(/^k-[0-9a-f]{32}$/) });
    expect(asked).toEqual(['/jobs?limit=1 atl_good_1']);
    expect(keyOf(first.principal.scope)).toBe('atl_good_1');
    expect((await check('atl_good_2')).principal.scope).not.toBe(first.principal.scope);
  });

  it('are asked about again after a while, and each time where they were wrong', async () => {
    const answers = [200, 401, 401];
    const { url, asked } = await agentApi(() => answers.shift() ?? 500);
    const { check } = apiCheck({ url, believedMs: 0 });
    await check('atl_key');
    for (const code of ['access-denied', 'access-denied', 'server-unavailable'])
      await expect(check('atl_key')).rejects.toMatchObject({ code });
    expect(asked).toHaveLength(4);
  });

  it('let nobody in who is none of them, nor while the API is away', async () => {
    const { url } = await agentApi((key) => (key === 'atl_busy' ? 429 : key === 'atl_good' ? 200 : 403));
    const server = await start({ auth: { api: { url } } });
    const ask = async (key: string) => (await fetch(server.url, withBearer(callTool('whoami'), key))).status;
    expect([await ask('atl_good'), await ask('atl_bad'), await ask('atl_busy')]).toEqual([200, 401, 429]);
    const away = await start({ auth: { api: { url: 'http://127.0.0.1:1' } } });
    const answer = await fetch(away.url, withBearer(callTool('whoami'), 'atl_good'));
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toMatch(/atl_good|127\.0\.0\.1/);
    expect([server.callers.length, away.callers.length]).toEqual([1, 0]);
  });
});

describe('ways of letting in', () => {
  const keys = [{ name: 'lee', secret: '0123456789abcdef' }];
  const api = { url: 'https://api.example' };

  it.each([{ api, keys }, { open: true, keys }, { open: true, api }, { keys: [] }, { api: { url: 'api.example' } }])(
    'that contradict each other are refused: %j',
    (options) => {
      const make = () => authenticator(options, () => 'https://a.example/mcp');
      expect(make).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    },
  );

  it.each([undefined, '', 'Basic bGVlOng=', 'Bearer', 'Bearer ', 'Bearer a b', '0123456789abcdef', 'Bearer "x"'])(
    'need a header that can be read: %s',
    async (header) => {
      const { callerOf } = authenticator({ keys }, () => '');
      await expect(callerOf(header)).rejects.toMatchObject({ code: 'access-denied', hint: expect.any(String) });
      await expect(callerOf('bearer  0123456789abcdef')).resolves.toMatchObject({ principal: { scope: 'lee' } });
    },
  );
});
