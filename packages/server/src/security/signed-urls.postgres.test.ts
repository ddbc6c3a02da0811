import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { z } from 'zod';
import { type AttackedServer, attackedServer, refusal } from './__fixtures__/attacked-server.ts';

let server: AttackedServer;
let id = '';
let other = '';
let signed: URL;

beforeAll(async () => {
  server = await attackedServer(inject('postgres'));
  const store = async (number: number) => {
    const body = new Uint8Array(await server.picture(number));
    const answer = await server.ask('/images', { method: 'POST', headers: { 'content-type': 'image/png' }, body });
    return z.object({ id: z.string(), url: z.string() }).parse(await answer.json());
  };
  const first = await store(0);
  [id, signed] = [first.id, new URL(first.url)];
  other = (await store(1)).id;
});
afterAll(() => server.end());

const ask = (change: (url: URL) => void, init: RequestInit = {}): Promise<Response> => {
  const url = new URL(signed);
  change(url);
  return server.ask(url.pathname + url.search, { as: null, ...init });
};
const set = (name: string, value: string) => (url: URL) => url.searchParams.set(name, value);

describe('a signed URL', () => {
  it('shows its picture, without a key', async () => {
    const answer = await ask(() => {});
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
  });

  it.each<[string, (url: URL) => void]>([
    ['for another picture', (url) => Object.assign(url, { pathname: `/images/${other}` })],
    ['for another tenant', set('tenant', 'bob')],
    ['for a longer time', set('expires', '99999999999')],
    ['for a time in another spelling', (url) => set('expires', `+${url.searchParams.get('expires')}`)(url)],
    ['for no time', (url) => url.searchParams.delete('expires')],
    ['with another signature', set('signature', 'A'.repeat(43))],
    ['with a shorter signature', (url) => set('signature', url.searchParams.get('signature')?.slice(0, -1) ?? '')(url)],
    ['with an empty signature', set('signature', '')],
    ['with two signatures', (url) => url.searchParams.append('signature', 'A'.repeat(43))],
    ['with two tenants', (url) => url.searchParams.append('tenant', 'bob')],
    ['without a signature', (url) => url.searchParams.delete('signature')],
  ])('%s shows nothing', async (_what, change) => {
    const answer = await ask(change);
    expect([400, 401, 403, 404]).toContain(answer.status);
    expect(await answer.text()).not.toMatch(/PNG|RIFF|alice/);
  });

  it('that has expired shows nothing', async () => {
    const expires = Number(signed.searchParams.get('expires'));
    vi.useFakeTimers({ toFake: ['Date'], now: expires * 1000 + 1000 });
    try {
      const answer = await ask(() => {});
      expect([401, 403, 404]).toContain(answer.status);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is not shown without end, and who has a key is shown theirs', async () => {
    const limited = await attackedServer(inject('postgres'), { limits: { requestsPerMinute: 20 } });
    try {
      const body = new Uint8Array(await limited.picture());
      const answer = await limited.ask('/images', { method: 'POST', headers: { 'content-type': 'image/png' }, body });
      const stored = z.object({ id: z.string(), url: z.string() }).parse(await answer.json());
      const statuses: number[] = [];
      for (let width = 16; width < 41; width++) statuses.push((await fetch(`${stored.url}&w=${width}`)).status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(20);
      expect(await refusal(fetch(stored.url))).toMatchObject({ status: 429, code: 'rate-limited' });
      expect((await limited.ask(`/images/${stored.id}`)).status).toBe(200);
    } finally {
      await limited.end();
    }
  });

  it('is for reading one picture, and nothing else', async () => {
    expect((await ask(() => {}, { method: 'POST' })).status).toBe(405);
    expect((await ask(() => {}, { method: 'DELETE' })).status).toBe(405);
    for (const path of ['/jobs', `/sessions/${id}`, '/metrics/x', `/images/${other}`]) {
      expect((await ask((url) => Object.assign(url, { pathname: path }))).status, path).not.toBe(200);
    }
  });
});
