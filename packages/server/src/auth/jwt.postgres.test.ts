import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import type { JwtOptions } from '../options.ts';
import { createApiKey } from './api-keys.ts';
import { createAuthenticator } from './authenticator.ts';

interface Pair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

const issuer = 'https://id.example.org/';
const audience = 'atelier-production';
const published: JWK[] = [];
let answer: 'keys' | 'error' | 'nonsense' = 'keys';
let asked = 0;
const provider = createServer((_request, response) => {
  asked += 1;
  response.statusCode = answer === 'error' ? 503 : 200;
  response.end(answer === 'nonsense' ? '<html>' : JSON.stringify({ keys: published }));
});

let fresh: FreshDatabase;
let options: JwtOptions;
let rsa: Pair;
let ec: Pair;
let stranger: Pair;

const pair = async (algorithm: 'RS256' | 'ES256', kid: string): Promise<Pair> => {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' } };
};

beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  // A TCP server has an address of this kind, never the path of a pipe.
  const { port } = provider.address() as AddressInfo;
  options = { jwksUrl: `http://127.0.0.1:${port}/jwks`, issuer, audience };
  [rsa, ec, stranger] = await Promise.all([pair('RS256', 'rsa-1'), pair('ES256', 'ec-1'), pair('RS256', 'rsa-1')]);
});
afterAll(async () => {
  provider.closeAllConnections();
  await new Promise((resolve) => provider.close(resolve));
  await fresh.drop();
});
beforeEach(() => {
  answer = 'keys';
  asked = 0;
  published.splice(0, published.length, rsa.jwk, ec.jwk);
});

const now = (): number => Math.floor(Date.now() / 1000);
const good = (): JWTPayload => ({ iss: issuer, aud: audience, sub: 'user-1', iat: now(), exp: now() + 300 });
const sign = (
  claims: JWTPayload,
  header: Partial<JWTHeaderParameters> = {},
  key: CryptoKey | Uint8Array = rsa.privateKey,
) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'rsa-1', ...header }).sign(key);
const raw = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const ask = (token: string, extra: Partial<JwtOptions> = {}) =>
  createAuthenticator(fresh.database, { jwt: { ...options, ...extra } }).authenticate(
    new Headers({ authorization: `Bearer ${token}` }),
  );
const without = (claim: string): JWTPayload =>
  Object.fromEntries(Object.entries(good()).filter(([name]) => name !== claim));

/** Refused with words that say what to do, and nothing of how this server is set up or built. */
async function refusal(token: string, extra: Partial<JwtOptions> = {}): Promise<string> {
  const error = await ask(token, extra).then(
    (principal) => expect.unreachable(`let in as ${JSON.stringify(principal)}`),
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({
    code: 'access-denied',
    isRetryable: false,
    message: expect.any(String),
    hint: expect.any(String),
  });
  const told = JSON.stringify(error);
  for (const inner of [issuer, audience, '127.0.0.1', 'jwks', 'JWS', 'kid', 'jose', 'user-1', 'Error', 'src/'])
    expect(told).not.toContain(inner);
  return error instanceof Error ? error.message : '';
}

describe('tokens of the identity provider', () => {
  it('let the tenant of their subject in', async () => {
    expect(await ask(await sign(good()))).toEqual({ tenant: 'user-1', kind: 'jwt', id: 'user-1' });
    expect(await ask(await sign(good(), { alg: 'ES256', kid: 'ec-1' }, ec.privateKey))).toMatchObject({
      tenant: 'user-1',
    });
    expect(await ask(await sign({ ...good(), aud: ['other', audience] }))).toMatchObject({ tenant: 'user-1' });
  });

  it('let the tenant of another claim in, and map what is no safe name', async () => {
    const claims = { ...good(), sub: 'auth0|7', 'https://example.org/org': 'acme' };
    const tenantClaim = 'https://example.org/org';
    expect(await ask(await sign(claims), { tenantClaim })).toEqual({ tenant: 'acme', kind: 'jwt', id: 'auth0|7' });
    expect(await ask(await sign({ ...claims, [tenantClaim]: '../../etc' }), { tenantClaim })).toMatchObject({
      tenant: expect.stringMatching(/^t-[0-9a-f]{32}$/),
    });
    const noSubject = { ...without('sub'), org: 'acme' };
    expect(await ask(await sign(noSubject), { tenantClaim: 'org' })).toMatchObject({ tenant: 'acme', id: 'acme' });
    const odd = await ask(await sign({ ...good(), sub: `x\n${'y'.repeat(500)}` }));
    expect(odd.id).toMatch(/^t-[0-9a-f]{32}$/);
  });

  it('work beside API keys', async () => {
    const { key } = await createApiKey(fresh.database, { tenant: 'acme', name: 'beside' });
    expect(await ask(key)).toMatchObject({ tenant: 'acme', kind: 'key' });
  });

  it('need not name their key, also where several could be meant', async () => {
    const second = await pair('RS256', 'rsa-2');
    published.push(second.jwk);
    for (const { privateKey } of [rsa, second])
      expect(await ask(await sign(good(), { kid: undefined }, privateKey))).toMatchObject({ tenant: 'user-1' });
    expect(await refusal(await sign(good(), { kid: undefined }, stranger.privateKey))).toBe('The token is not valid.');
    expect(await refusal(await sign({ ...good(), exp: now() - 60 }, { kid: undefined }, second.privateKey))).toBe(
      'The token has expired.',
    );
  });
});

describe('forged tokens are refused', () => {
  it('unsigned: alg none, in any spelling, with and without a signature', async () => {
    const signature = (await sign(good())).split('.')[2];
    for (const alg of ['none', 'None', 'NONE', ''])
      for (const end of ['', signature]) await refusal(`${raw({ alg, typ: 'JWT' })}.${raw(good())}.${end}`);
    await refusal(`${raw({ typ: 'JWT' })}.${raw(good())}.`);
    await refusal(`${raw({ alg: 'none' })}.${raw(good())}`);
  });

  it('HS256 with the public key as the secret, in each form it is published', async () => {
    const pem = await exportSPKI(rsa.publicKey);
    const secrets = [pem, pem.trim(), JSON.stringify(rsa.jwk), rsa.jwk.n ?? ''];
    for (const secret of secrets)
      for (const alg of ['HS256', 'HS384', 'HS512'])
        expect(await refusal(await sign(good(), { alg }, new TextEncoder().encode(secret.padEnd(64))))).toBe(
          'The token is not signed in a way that is accepted.',
        );
  });

  it('HS256 even where the provider publishes a shared secret', async () => {
    const secret = new TextEncoder().encode('shared secret of sixty-four letters, which nobody should publish');
    published.push({ kty: 'oct', kid: 'shared', alg: 'HS256', k: Buffer.from(secret).toString('base64url') });
    await refusal(await sign(good(), { alg: 'HS256', kid: 'shared' }, secret));
  });

  it('by another key: under a known name, an unknown name, or one that the token brings along', async () => {
    expect(await refusal(await sign(good(), {}, stranger.privateKey))).toBe('The token is not valid.');
    expect(await refusal(await sign(good(), { kid: 'unknown' }, stranger.privateKey))).toBe('The token is not valid.');
    expect(await refusal(await sign(good(), { kid: '../../dev/null' }, stranger.privateKey))).toBe(
      'The token is not valid.',
    );
    await refusal(await sign(good(), { jwk: stranger.jwk }, stranger.privateKey));
    await refusal(
      await sign(good(), { kid: undefined, jwk: stranger.jwk, jku: 'http://127.0.0.1:9/' }, stranger.privateKey),
    );
  });

  it('with other claims under a good signature, or another algorithm over the same key', async () => {
    const [header, , signature] = (await sign(good())).split('.');
    await refusal(`${header}.${raw({ ...good(), sub: 'admin' })}.${signature}`);
    const [, claims] = (await sign(good())).split('.');
    await refusal(`${raw({ alg: 'ES256', kid: 'rsa-1' })}.${claims}.${signature}`);
    await refusal(`${raw({ alg: 'RS256', kid: 'rsa-1', crit: ['b64'], b64: false })}.${claims}.${signature}`);
  });

  it('that are no tokens at all', async () => {
    for (const text of [
      'x',
      '...',
      'a.b.c',
      `${raw({})}.${raw({})}.`,
      `${raw({ alg: 'RS256' })}.!.`,
      '.'.repeat(5000),
      'e30.e30.e30.e30.e30',
    ])
      await refusal(text);
  });
});

describe('true tokens are refused', () => {
  it('that have expired, are not valid yet, or never expire', async () => {
    expect(await refusal(await sign({ ...good(), exp: now() - 10 }))).toBe('The token has expired.');
    expect(await refusal(await sign({ ...good(), nbf: now() + 60 }))).toBe('The token is not valid yet.');
    expect(await refusal(await sign(without('exp')))).toBe('The token has no expiry.');
    // Not a number: never taken for "no limit".
    const [header] = (await sign(good())).split('.');
    const text = new TextEncoder().encode(JSON.stringify({ ...good(), exp: '9999999999' }));
    const signed = await crypto.subtle.sign(
      'RSASSA-PKCS1-v1_5',
      rsa.privateKey,
      Buffer.from(`${header}.${Buffer.from(text).toString('base64url')}`),
    );
    expect(
      await refusal(
        `${header}.${Buffer.from(text).toString('base64url')}.${Buffer.from(signed).toString('base64url')}`,
      ),
    ).toBe('The token has no expiry.');
  });

  it('but clocks may differ by a few seconds', async () => {
    expect(await ask(await sign({ ...good(), nbf: now() + 3 }))).toMatchObject({ tenant: 'user-1' });
  });

  it('that are meant for or come from somebody else', async () => {
    for (const aud of ['other', ['other'], '', `${audience}-test`, []])
      expect(await refusal(await sign({ ...good(), aud }))).toBe('The token is meant for somebody else.');
    expect(await refusal(await sign(without('aud')))).toBe('The token is meant for somebody else.');
    for (const iss of ['https://evil.example.org/', 'https://id.example.org', ''])
      expect(await refusal(await sign({ ...good(), iss }))).toBe('The token comes from somebody else.');
    expect(await refusal(await sign(without('iss')))).toBe('The token comes from somebody else.');
  });

  it('that do not say whose they are', async () => {
    const told = 'The token does not say whose it is.';
    expect(await refusal(await sign(without('sub')))).toBe(told);
    expect(await refusal(await sign(good()), { tenantClaim: 'org' })).toBe(told);
    for (const org of ['', 7, null, ['acme'], { name: 'acme' }])
      expect(await refusal(await sign({ ...good(), org }), { tenantClaim: 'org' })).toBe(told);
    for (const tenantClaim of ['__proto__', 'constructor', 'toString'])
      expect(await refusal(await sign(good()), { tenantClaim })).toBe(told);
  });

  it('where only API keys are accepted', async () => {
    const auth = createAuthenticator(fresh.database, undefined);
    const headers = new Headers({ authorization: `Bearer ${await sign(good())}` });
    await expect(auth.authenticate(headers)).rejects.toMatchObject({
      code: 'access-denied',
      message: 'This is not an API key.',
    });
    expect(asked).toBe(0);
  });
});

describe("the provider's keys", () => {
  it('are read once for many tokens; names nobody knows do not make them be read again and again', async () => {
    const auth = createAuthenticator(fresh.database, { jwt: options });
    const headers = new Headers({ authorization: `Bearer ${await sign(good())}` });
    await Promise.all(Array.from({ length: 50 }, () => auth.authenticate(headers)));
    expect(asked).toBe(1);
    for (let at = 0; at < 20; at += 1) {
      const token = await sign(good(), { kid: `made-up-${at}` }, stranger.privateKey);
      await expect(auth.authenticate(new Headers({ authorization: `Bearer ${token}` }))).rejects.toMatchObject({
        code: 'access-denied',
      });
    }
    expect(asked).toBe(1);
    // Known ones go on working while the provider is away.
    answer = 'error';
    expect(await auth.authenticate(headers)).toMatchObject({ tenant: 'user-1' });
  });

  it('cannot be read: nobody is let in, nobody is told that the token is wrong, and it works again by itself', async () => {
    const auth = createAuthenticator(fresh.database, { jwt: options });
    const headers = new Headers({ authorization: `Bearer ${await sign(good())}` });
    const away = { code: 'server-unavailable', isRetryable: true, hint: expect.any(String) };
    for (const trouble of ['error', 'nonsense'] as const) {
      answer = trouble;
      await expect(auth.authenticate(headers)).rejects.toMatchObject(away);
    }
    answer = 'keys';
    expect(await auth.authenticate(headers)).toMatchObject({ tenant: 'user-1' });

    const port = await closedPort();
    const error = await ask(await sign(good()), { jwksUrl: `http://127.0.0.1:${port}/jwks` }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject(away);
    expect(JSON.stringify(error)).not.toContain(String(port));
  });
});

/** A port where nobody answers any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server has an address of this kind, never the path of a pipe.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('options that would let in too many', () => {
  it.each<[string, Partial<Record<keyof JwtOptions, unknown>>]>([
    ['no issuer', { issuer: undefined }],
    ['an empty issuer', { issuer: '' }],
    ['no audience', { audience: undefined }],
    ['an empty audience', { audience: '' }],
    ['an empty claim', { tenantClaim: '' }],
    ['no key set', { jwksUrl: undefined }],
    ['a key set that is no address', { jwksUrl: 'keys.json' }],
    ['a key set that anybody on the way could swap', { jwksUrl: 'http://id.example.org/keys' }],
    ['a key set in a file', { jwksUrl: 'file:///etc/keys.json' }],
  ])('%s', (_what, wrong) => {
    // What a program without types could pass.
    const jwt = { ...options, ...wrong } as JwtOptions;
    expect(() => createAuthenticator(fresh.database, { jwt })).toThrow(
      expect.objectContaining({ code: 'invalid-input', hint: expect.any(String) }),
    );
  });

  it.each([
    'https://id.example.org/keys',
    'http://localhost:8080/keys',
    'http://[::1]:8080/keys',
    'http://keycloak:8080/keys',
  ])('but not %s', (jwksUrl) => {
    expect(createAuthenticator(fresh.database, { jwt: { ...options, jwksUrl } })).toBeDefined();
  });
});
