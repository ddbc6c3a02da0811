import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { createAuthenticator } from './authenticator.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
});
afterAll(() => fresh.drop());

const bearing = (key: string): Headers => new Headers({ authorization: `Bearer ${key}` });
const denied = { code: 'access-denied', hint: expect.stringContaining('atelier keys create') };

describe('API keys', () => {
  it('let their tenant in, and are stored as a hash alone', async () => {
    const { id, key } = await createApiKey(fresh.database, { tenant: 'acme', name: 'laptop' });
    expect(key).toMatch(/^atl_[a-z2-7]{12}_[\w-]{43}$/);
    expect(key.slice(4, 16)).toBe(id);
    const auth = createAuthenticator(fresh.database, undefined);
    expect(await auth.authenticate(bearing(key))).toEqual({ tenant: 'acme', kind: 'key', id });

    const [row] = await fresh.database.query<{ text: string; size: number }>(
      'SELECT k::text AS text, octet_length(hash) AS size FROM atelier.api_keys k WHERE id = $1',
      [id],
    );
    expect(row?.size).toBe(32);
    const secret = key.slice(17);
    expect(row?.text).not.toContain(secret);
    expect(row?.text).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    const listed = (await listApiKeys(fresh.database)).find((info) => info.id === id);
    expect(listed).toEqual({
      id,
      tenant: 'acme',
      name: 'laptop',
      createdAt: expect.any(Date),
      expiresAt: null,
      revokedAt: null,
    });
  });

  it('are refused where any character differs, with the words for an unknown key', async () => {
    const { key } = await createApiKey(fresh.database, { tenant: 'acme', name: 'altered' });
    const auth = createAuthenticator(fresh.database, undefined);
    const altered = Array.from(
      key,
      (letter, index) => key.slice(0, index) + (letter === 'a' ? 'b' : 'a') + key.slice(index + 1),
    );
    // The last letter stands for four bits and has spellings that decode to the same bytes.
    altered.push(
      ...'AEIMQUYcgkosw048'
        .split('')
        .map((letter) => key.slice(0, -1) + letter)
        .filter((other) => other !== key),
    );
    for (const wrong of altered) await expect(auth.authenticate(bearing(wrong))).rejects.toMatchObject(denied);

    const unknown = `atl_${'a'.repeat(12)}_${'A'.repeat(43)}`;
    const wrong = key.slice(0, 17) + 'A'.repeat(43);
    const told = async (text: string) => auth.authenticate(bearing(text)).catch((error) => error.toJSON());
    expect(await told(wrong)).toEqual(await told(unknown));
    // The right one still works: nothing that was refused spoiled it.
    expect(await auth.authenticate(bearing(key))).toMatchObject({ tenant: 'acme' });
  });

  it('are not mixed up: the id of one with the secret of another', async () => {
    const one = await createApiKey(fresh.database, { tenant: 'one', name: 'one' });
    const two = await createApiKey(fresh.database, { tenant: 'two', name: 'two' });
    const auth = createAuthenticator(fresh.database, undefined);
    const mixed = one.key.slice(0, 17) + two.key.slice(17);
    await expect(auth.authenticate(bearing(mixed))).rejects.toMatchObject(denied);
  });

  it('end when they are revoked, within seconds also where they were just used', async () => {
    const { id, key } = await createApiKey(fresh.database, { tenant: 'acme', name: 'lost' });
    const auth = createAuthenticator(fresh.database, undefined);
    expect(await auth.authenticate(bearing(key))).toMatchObject({ id });
    expect(await revokeApiKey(fresh.database, id)).toBe(true);
    const since = performance.now();
    await vi.waitFor(
      () =>
        expect(auth.authenticate(bearing(key))).rejects.toMatchObject({
          ...denied,
          message: 'The API key was revoked.',
        }),
      { timeout: 4000, interval: 100 },
    );
    expect(performance.now() - since).toBeLessThan(3000);
    await expect(createAuthenticator(fresh.database, undefined).authenticate(bearing(key))).rejects.toMatchObject(
      denied,
    );

    const revoked = async () => (await listApiKeys(fresh.database)).find((info) => info.id === id)?.revokedAt;
    const first = await revoked();
    expect(first).toBeInstanceOf(Date);
    expect(await revokeApiKey(fresh.database, id)).toBe(true);
    expect(await revoked()).toEqual(first);
    expect(await revokeApiKey(fresh.database, 'nobody')).toBe(false);
  });

  it('expire, also while they are remembered', async () => {
    const expiresAt = new Date(Date.now() + 700);
    const { key } = await createApiKey(fresh.database, { tenant: 'acme', name: 'short', expiresAt });
    const auth = createAuthenticator(fresh.database, undefined);
    expect(await auth.authenticate(bearing(key))).toMatchObject({ tenant: 'acme' });
    await new Promise((resolve) => setTimeout(resolve, expiresAt.getTime() - Date.now() + 10));
    await expect(auth.authenticate(bearing(key))).rejects.toMatchObject({
      ...denied,
      message: 'The API key has expired.',
    });
  });

  it('work from the moment they are there, also where they were asked for before', async () => {
    const { id, key } = await createApiKey(fresh.database, { tenant: 'acme', name: 'restored' });
    const rename = (from: string, to: string) =>
      fresh.database.query('UPDATE atelier.api_keys SET id = $2 WHERE id = $1', [from, to]);
    const auth = createAuthenticator(fresh.database, undefined);
    await rename(id, 'away');
    await expect(auth.authenticate(bearing(key))).rejects.toMatchObject(denied);
    await rename('away', id);
    expect(await auth.authenticate(bearing(key))).toMatchObject({ id });
  });

  it('are looked up once for many requests at once', async () => {
    const { key } = await createApiKey(fresh.database, { tenant: 'acme', name: 'busy' });
    let lookups = 0;
    const counted = {
      ...fresh.database,
      query: (...call: Parameters<typeof fresh.database.query>) => {
        lookups += 1;
        return fresh.database.query(...call);
      },
      // The generic signature of `query` cannot be written down a second time without this.
    } as typeof fresh.database;
    const auth = createAuthenticator(counted, undefined);
    await Promise.all(Array.from({ length: 200 }, () => auth.authenticate(bearing(key))));
    expect(lookups).toBe(1);
  });

  it.each([
    [{ tenant: '../etc', name: 'x' }, 'invalid-input'],
    [{ tenant: '', name: 'x' }, 'invalid-input'],
    [{ tenant: 'acme', name: '' }, 'invalid-input'],
    [{ tenant: 'acme', name: 'two\nlines' }, 'invalid-input'],
    [{ tenant: 'acme', name: 'x'.repeat(101) }, 'invalid-input'],
    [{ tenant: 'acme', name: 'x', expiresAt: new Date(0) }, 'invalid-input'],
    [{ tenant: 'acme', name: 'x', expiresAt: new Date('tomorrow') }, 'invalid-input'],
    [{ tenant: 'ACME', name: 'x' }, 'conflict'],
  ])('are not made of %j', async (input, code) => {
    const before = await listApiKeys(fresh.database);
    await expect(createApiKey(fresh.database, input)).rejects.toMatchObject({ code, hint: expect.any(String) });
    expect(await listApiKeys(fresh.database)).toEqual(before);
  });
});
