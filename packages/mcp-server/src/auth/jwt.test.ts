import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { base64url, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { callTool, type Started, start, withBearer } from '../http/__fixtures__/start.ts';
import { type IdentityProvider, identityProvider } from './__fixtures__/identity-provider.ts';
import { jwtCheck } from './jwt-check.ts';

const both = 'openid atelier:look atelier:edit';
const key = 'a-key-of-lee-0123456789';

async function startGuarded(publicUrl?: string): Promise<{ server: Started; provider: IdentityProvider }> {
  const provider = await identityProvider();
  const { issuer, jwksUrl } = provider;
  const auth = { jwt: { issuer, jwksUrl }, keys: [{ name: 'lee', secret: key }] };
  return { provider, server: await start({ auth, publicUrl }) };
}

const ask = (url: string, token: string, tool = 'whoami') => fetch(url, withBearer(callTool(tool), token));

describe('tokens', () => {
  it('let in whom the identity provider names, each apart from others and from keys', async () => {
    const { server, provider } = await startGuarded();
    const scopeOf = async (claims: JWTPayload) => {
      const answer = await ask(server.url, await provider.token({ aud: server.url, scope: both, ...claims }));
      expect(answer.status).toBe(200);
      return server.callers.at(-1);
    };
    const lee = await scopeOf({});
    expect(lee).toMatch(/^u-[0-9a-f]{32}$/);
    expect(await scopeOf({ aud: ['other', server.url] })).toBe(lee);
    expect(await scopeOf({ sub: '../../etc' })).toMatch(/^u-[0-9a-f]{32}$/);
    expect(await scopeOf({ sub: 'Lee' })).not.toBe(lee);
    expect((await ask(server.url, key)).status).toBe(200);
    expect(server.callers.at(-1)).toBe('lee');
  });

  it.each<[string, JWTPayload, RegExp]>([
    ['over', { exp: 1 }, /has expired/],
    ['without an end', { exp: undefined }, /no expiry/],
    ['for another server', { aud: 'https://other.example/mcp' }, /somebody else/],
    ['for nobody', { aud: undefined }, /somebody else/],
    ['of another issuer', { iss: 'https://evil.example' }, /comes from somebody else/],
    ['not valid yet', { nbf: Math.floor(Date.now() / 1000) + 600 }, /not valid yet/],
    ['nobody’s', { sub: undefined }, /whose it is/],
  ])('that are %s are refused', async (_, claims, message) => {
    const { server, provider } = await startGuarded();
    const token = await provider.token({ aud: server.url, scope: both, ...claims });
    const answer = await ask(server.url, token);
    expect(answer.status).toBe(401);
    const text = await answer.text();
    expect(text).toMatch(message);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="atelier", error="invalid_token"/);
    expect(text + answer.headers.get('www-authenticate')).not.toContain(token.slice(0, 20));
    expect(server.callers).toEqual([]);
  });

  it('that were signed by others, or by nobody, tell nothing about their claims', async () => {
    const { server, provider } = await startGuarded();
    const claims = { aud: server.url, scope: both, exp: 1 };
    const [head = '', body = '', signature = ''] = (await provider.token({ ...claims, exp: undefined })).split('.');
    const none = base64url.encode(JSON.stringify({ alg: 'none' }));
    const shared = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' });
    const forged = [
      await provider.token(claims, { by: 'stranger' }),
      `${head}.${base64url.encode(JSON.stringify({ ...claims, sub: 'lee' }))}.${signature}`,
      `${none}.${body}.`,
      `${none}.${body}.${signature}`,
      await shared.sign(new TextEncoder().encode('a secret that both sides know......')),
      'not.a.token',
      'a'.repeat(9000),
    ];
    for (const token of forged) {
      const answer = await ask(server.url, token);
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toMatch(/expired|whose|expiry/);
    }
    expect(server.callers).toEqual([]);
  });

  it('say what they may do', async () => {
    const { server, provider } = await startGuarded();
    const token = (claims: JWTPayload) => provider.token({ aud: server.url, ...claims });
    const looking = await token({ scope: 'atelier:look' });
    expect((await ask(server.url, looking)).status).toBe(200);
    const refused = await ask(server.url, looking, 'paint');
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_scope", error_description="Insufficient scope", scope="atelier:look atelier:edit", ' +
        `resource_metadata="${server.baseUrl}/.well-known/oauth-protected-resource/mcp"`,
    );
    expect((await ask(server.url, await token({ scp: ['atelier:edit'] }), 'paint')).status).toBe(200);
    const nothing = await ask(server.url, await token({ scope: 'openid' }));
    expect(nothing.status).toBe(403);
    expect(nothing.headers.get('www-authenticate')).toMatch(/insufficient_scope.*scope="atelier:look"/);
  });

  it('cannot be checked while the keys cannot be read: 503, and nobody gets in', async () => {
    const { server, provider } = await startGuarded();
    provider.goAway();
    const answer = await ask(server.url, await provider.token({ aud: server.url, scope: both }));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(server.callers).toEqual([]);
  });

  it('are not told to anybody', async () => {
    const { server, provider } = await startGuarded();
    const written = [vi.spyOn(console, 'error'), vi.spyOn(console, 'log'), vi.spyOn(process.stderr, 'write')];
    const tokens = [await provider.token({ aud: server.url, scope: both, exp: 1 }), `${key}-wrong`, key];
    const answers = await Promise.all(tokens.map(async (token) => (await ask(server.url, token)).text()));
    const told = JSON.stringify([answers, server.errors.map(String), written.map(({ mock }) => mock.calls)]);
    for (const token of tokens) expect(told).not.toContain(token.slice(0, 16));
  });
});

describe('the way to a token', () => {
  it('begins at the refusal, which names the document that names the issuer', async () => {
    const { server, provider } = await startGuarded();
    const refused = await fetch(server.url, callTool('whoami'));
    const header = refused.headers.get('www-authenticate') ?? '';
    expect([refused.status, header.includes('error=')]).toEqual([401, false]);
    const [, url = ''] = /resource_metadata="([^"]+)"/.exec(header) ?? [];
    const document = { resource: server.url, authorization_servers: [provider.issuer] };
    expect(await (await fetch(url)).json()).toMatchObject(document);
    const short = await fetch(`${server.baseUrl}/.well-known/oauth-protected-resource`);
    expect(await short.json()).toMatchObject({ ...document, scopes_supported: ['atelier:look', 'atelier:edit'] });
  });

  it('is found by the v2 client', async () => {
    const { server, provider } = await startGuarded();
    const asked: string[] = [];
    const client = new Client({ name: 'v2', version: '1' });
    const transport = new StreamableHTTPClientTransport(new URL(server.url), {
      authProvider: {
        token: async () => undefined,
        onUnauthorized: async ({ response }) => {
          asked.push(response.headers.get('www-authenticate') ?? '');
        },
      },
    });
    await expect(client.connect(transport)).rejects.toThrow();
    expect(asked[0]).toContain('resource_metadata=');
    const allowed = new StreamableHTTPClientTransport(new URL(server.url), {
      authProvider: { token: () => provider.token({ aud: server.url, scope: both }) },
    });
    await client.connect(allowed);
    expect((await client.callTool({ name: 'paint', arguments: {} })).content).toMatchObject([{ text: 'painted' }]);
    await client.close();
  });

  it('leads through the public URL, whose path comes behind the well-known one', async () => {
    const { server, provider } = await startGuarded('http://localhost:8080/atelier/');
    expect(server.url).toBe('http://localhost:8080/atelier/mcp');
    const here = `http://127.0.0.1:${server.port}`;
    const document = await fetch(`${here}/.well-known/oauth-protected-resource/atelier/mcp`);
    expect(await document.json()).toMatchObject({ resource: server.url });
    expect((await ask(`${here}/mcp`, await provider.token({ aud: server.url, scope: both }))).status).toBe(200);
  });

  it('is not there where there are only keys', async () => {
    const { baseUrl, url } = await start({ auth: { keys: [{ name: 'lee', secret: key }] } });
    expect((await fetch(`${baseUrl}/.well-known/oauth-protected-resource/mcp`)).status).toBe(404);
    expect((await fetch(url, callTool('whoami'))).headers.get('www-authenticate')).toBe('Bearer realm="atelier"');
  });
});

describe('options of tokens', () => {
  const options = {
    issuer: 'https://id.example',
    jwksUrl: 'https://id.example/jwks',
    audience: 'https://a.example/mcp',
  };

  it.each([
    { jwksUrl: 'http://id.example/jwks' },
    { jwksUrl: 'file:///etc/passwd' },
    { jwksUrl: 'https://user:word@id.example/jwks' },
    { issuer: '' },
    { audience: '' },
    { tenantClaim: '' },
  ])('must be ones to trust: %j', (wrong) => {
    expect(() => jwtCheck({ ...options, ...wrong })).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  it.each(['http://localhost:8080/jwks', 'http://127.0.0.1/jwks', 'http://keycloak:8080/jwks', options.jwksUrl])(
    'take keys from %s',
    (jwksUrl) => expect(() => jwtCheck({ ...options, jwksUrl })).not.toThrow(),
  );
});
