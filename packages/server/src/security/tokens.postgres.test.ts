import { createServer } from 'node:http';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { watchSocket } from '../node/__fixtures__/watch-socket.ts';
import { closeCodes } from '../node/send-events.ts';
import { type AttackedServer, attackedServer, refusal } from './__fixtures__/attacked-server.ts';

const issuer = 'https://id.example.org/';
const audience = 'atelier';
let keys = '';
const provider = createServer((_request, response) => response.end(keys));
let server: AttackedServer;
let own: { privateKey: CryptoKey; publicKey: CryptoKey };
let stranger: { privateKey: CryptoKey };

beforeAll(async () => {
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const address = provider.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  own = await generateKeyPair('RS256', { extractable: true });
  stranger = await generateKeyPair('RS256');
  keys = JSON.stringify({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] });
  const jwt = { jwksUrl: `http://127.0.0.1:${port}/jwks`, issuer, audience };
  server = await attackedServer(inject('postgres'), { auth: { jwt, open: true } });
});
afterAll(async () => {
  await server.end();
  provider.closeAllConnections();
  await new Promise((resolve) => provider.close(resolve));
});

const now = (): number => Math.floor(Date.now() / 1000);
const claims = (): JWTPayload => ({ iss: issuer, aud: audience, sub: 'carol', iat: now(), exp: now() + 300 });
const sign = (payload: JWTPayload, key: CryptoKey | Uint8Array = own.privateKey, header: object = {}) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(key);
const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const ask = (token: string) => server.ask('/jobs', { headers: { authorization: `Bearer ${token}` } });
const without = (claim: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims()).filter(([name]) => name !== claim));

const forged: readonly [string, () => Promise<string>][] = [
  ['expired', () => sign({ ...claims(), exp: now() - 60 })],
  ['not yet valid', () => sign({ ...claims(), nbf: now() + 600 })],
  ['for ever', () => sign(without('exp'))],
  ['for another audience', () => sign({ ...claims(), aud: 'another' })],
  ['for no audience', () => sign(without('aud'))],
  ['of another issuer', () => sign({ ...claims(), iss: 'https://evil.example/' })],
  ['without a subject', () => sign(without('sub'))],
  ['signed by a stranger', () => sign(claims(), stranger.privateKey)],
  ['with alg none', async () => `${encode({ alg: 'none' })}.${encode(claims())}.`],
  ['with alg NONE and a kid', async () => `${encode({ alg: 'NONE', kid: 'one' })}.${encode(claims())}.`],
  [
    'signed with the public key as a shared secret',
    async () => sign(claims(), new TextEncoder().encode(await exportSPKI(own.publicKey)), { alg: 'HS256' }),
  ],
  [
    'with a key of its own in the header',
    async () => sign(claims(), stranger.privateKey, { jwk: await exportJWK(own.publicKey) }),
  ],
  [
    'with another tenant written in',
    async () => {
      const [head, , signature] = (await sign(claims())).split('.');
      return `${head}.${encode({ ...claims(), sub: 'alice' })}.${signature}`;
    },
  ],
  ['without its signature', async () => (await sign(claims())).replace(/[^.]+$/, '')],
];

describe('a token', () => {
  it('that is right lets in', async () => {
    expect((await ask(await sign(claims()))).status).toBe(200);
  });

  it.each(forged)('%s does not', async (_what, make) => {
    const token = await make();
    const { status, code, message, hint } = await refusal(ask(token));
    expect({ status, code }).toEqual({ status: 401, code: 'access-denied' });
    expect(`${message} ${hint}`).not.toMatch(/jwks|127\.0\.0\.1|JWS|JWT|jose|carol|id\.example/i);
    const socket = watchSocket(`${server.webSocketUrl}/ws/job_1`, { headers: { authorization: `Bearer ${token}` } });
    expect(await socket.ended).toBe(closeCodes.accessDenied);
  });

  it('is not missed where nothing is sent: a server with an identity provider is never open', async () => {
    expect((await server.ask('/jobs', { as: null })).status).toBe(401);
  });
});
