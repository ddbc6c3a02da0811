import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import { openDatabase } from '../database/database.ts';
import type { Principal } from './principal.ts';
import { createSigner, type Signer } from './signer.ts';

let fresh: FreshDatabase;
let signer: Signer;
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
  signer = await createSigner(fresh.database);
});
afterAll(() => fresh.drop());
afterEach(() => {
  vi.useRealTimers();
});

const query = (path: string): URLSearchParams => new URL(path, 'http://server').searchParams;
const changed = (path: string, change: Record<string, string>): URLSearchParams => {
  const params = query(path);
  for (const [name, value] of Object.entries(change)) params.set(name, value);
  return params;
};
const later = (seconds: number): void => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + seconds * 1000 });
};
const other = (letter: string): string => (letter === 'A' ? 'B' : 'A');

describe('signed image URLs', () => {
  it('show one picture of one tenant, for an hour where nothing else is said', () => {
    const path = signer.imagePath('acme', 'img_1');
    expect(path).toMatch(/^\/images\/img_1\?tenant=acme&expires=\d{10}&signature=[\w-]{43}$/);
    const life = Number(query(path).get('expires')) - Date.now() / 1000;
    expect(life).toBeGreaterThan(3590);
    expect(life).toBeLessThanOrEqual(4200);
    const bearer = { tenant: 'acme', kind: 'url', id: 'img_1' };
    expect(signer.readImagePath('img_1', query(path))).toEqual(bearer);
    expect(signer.readImagePath('img_1', query(`${path}&w=200`))).toEqual(bearer);
  });

  it('stay the same for ten minutes, so that a browser knows the picture again', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1, 12, 0, 1) });
    const path = signer.imagePath('acme', 'img_1');
    later(598);
    expect(signer.imagePath('acme', 'img_1')).toBe(path);
    later(2);
    expect(signer.imagePath('acme', 'img_1')).not.toBe(path);
    // What was handed out last in these ten minutes still lives for the hour that was promised.
    later(3590);
    expect(signer.readImagePath('img_1', query(path))).toBeDefined();
  });

  it('end when their time is over', () => {
    const path = signer.imagePath('acme', 'img_1', { seconds: 30 });
    later(28);
    expect(signer.readImagePath('img_1', query(path))).toBeDefined();
    later(32);
    expect(signer.readImagePath('img_1', query(path))).toBeUndefined();
  });

  it('are refused for another tenant, another picture or a later end', () => {
    const path = signer.imagePath('acme', 'img_1');
    const expires = Number(query(path).get('expires'));
    expect(signer.readImagePath('img_2', query(path))).toBeUndefined();
    expect(signer.readImagePath('img_1', changed(path, { tenant: 'evil' }))).toBeUndefined();
    for (const later of [
      `${expires + 1}`,
      `${expires}0`,
      `0${expires}`,
      `+${expires}`,
      `${expires}.0`,
      `${expires} `,
      'Infinity',
      '',
    ])
      expect(signer.readImagePath('img_1', changed(path, { expires: later })), later).toBeUndefined();
    // The signature of the other tenant's URL does not help either.
    const own = query(signer.imagePath('evil', 'img_1')).get('signature') ?? '';
    expect(signer.readImagePath('img_1', changed(path, { signature: own }))).toBeUndefined();
  });

  it('are refused where any character of the signature differs, or it is longer, shorter or spelled otherwise', () => {
    const path = signer.imagePath('acme', 'img_1');
    const signature = query(path).get('signature') ?? '';
    const wrong = Array.from(
      signature,
      (letter, at) => signature.slice(0, at) + other(letter) + signature.slice(at + 1),
    );
    wrong.push(
      '',
      signature.slice(0, -1),
      `${signature}A`,
      `${signature}=`,
      Buffer.from(signature, 'base64url').toString('hex'),
      '\u{1f511}',
    );
    // Other spellings of the last letter that decode to the same bytes.
    for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
      if (!signature.endsWith(letter)) wrong.push(signature.slice(0, -1) + letter);
    for (const text of wrong)
      expect(signer.readImagePath('img_1', changed(path, { signature: text })), text).toBeUndefined();
  });

  it('are refused where a part is missing or there twice', () => {
    const path = signer.imagePath('acme', 'img_1');
    for (const name of ['tenant', 'expires', 'signature']) {
      const without = query(path);
      without.delete(name);
      expect(signer.readImagePath('img_1', without), name).toBeUndefined();
      const twice = query(path);
      twice.append(name, twice.get(name) ?? '');
      expect(signer.readImagePath('img_1', twice), name).toBeUndefined();
    }
  });

  it('do not mix up where one part ends and the next begins', () => {
    const path = signer.imagePath('acme', 'x","1');
    expect(signer.readImagePath('1', changed(path, { tenant: 'acme","x' }))).toBeUndefined();
    expect(signer.readImagePath('x","1', query(path))).toBeDefined();
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('are not made for %d seconds', (seconds) => {
    expect(() => signer.imagePath('acme', 'img_1', { seconds })).toThrow(
      expect.objectContaining({ code: 'invalid-input' }),
    );
  });

  it('are not made for what is no tenant', () => {
    expect(() => signer.imagePath('../acme', 'img_1')).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});

describe('tickets', () => {
  const principal: Principal = { tenant: 'acme', kind: 'jwt', id: 'auth0|ü' };

  it('let one into one job for 60 seconds', () => {
    const { ticket, expiresAt } = signer.ticket(principal, 'job_1');
    expect(ticket).toBe(encodeURIComponent(ticket));
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(58_000);
    const bearer = { tenant: 'acme', kind: 'url', id: 'auth0|ü' };
    expect(signer.readTicket('job_1', ticket)).toEqual(bearer);
    later(58);
    expect(signer.readTicket('job_1', ticket)).toEqual(bearer);
    later(3);
    expect(signer.readTicket('job_1', ticket)).toBeUndefined();
  });

  it('are refused for another job, and where any character differs', () => {
    const { ticket } = signer.ticket(principal, 'job_1');
    expect(signer.readTicket('job_2', ticket)).toBeUndefined();
    expect(signer.readTicket('', ticket)).toBeUndefined();
    for (const [at, letter] of Array.from(ticket).entries())
      expect(
        signer.readTicket('job_1', ticket.slice(0, at) + other(letter) + ticket.slice(at + 1)),
        `${at}`,
      ).toBeUndefined();
    for (const wrong of [
      '',
      '.',
      'a',
      'a.b',
      `${ticket}.`,
      `.${ticket}`,
      `${ticket}A`,
      ticket.slice(0, -1),
      'x'.repeat(10_000_000),
    ])
      expect(signer.readTicket('job_1', wrong)).toBeUndefined();
  });

  it('cannot be lengthened or given to another tenant by who has one', () => {
    const { ticket } = signer.ticket(principal, 'job_1');
    const [content = '', signature = ''] = ticket.split('.');
    const parts: unknown[] = JSON.parse(Buffer.from(content, 'base64url').toString());
    for (const forged of [
      ['evil', ...parts.slice(1)],
      [...parts.slice(0, 2), Date.now() + 1e9],
    ])
      expect(
        signer.readTicket('job_1', `${Buffer.from(JSON.stringify(forged)).toString('base64url')}.${signature}`),
      ).toBeUndefined();
  });

  it('and signatures of image URLs do not stand for one another', () => {
    // A "picture" and a "job" chosen so that the parts that are signed would be the same.
    const { ticket } = signer.ticket(principal, 'acme');
    const [content = '', signature = ''] = ticket.split('.');
    const expires = `${Math.floor(Date.now() / 1000) + 60}`;
    expect(signer.readImagePath(content, new URLSearchParams({ tenant: 'acme', expires, signature }))).toBeUndefined();
    const image = query(signer.imagePath('acme', content)).get('signature');
    expect(signer.readTicket('acme', `${content}.${image}`)).toBeUndefined();
  });
});

describe('the secret', () => {
  it('is made once, also by many processes at once, and outlives them', async () => {
    const empty = await freshDatabase(inject('postgres'));
    try {
      const signers = await Promise.all(Array.from({ length: 8 }, () => createSigner(empty.database)));
      const again = await openDatabase(empty.url);
      signers.push(await createSigner(again));
      await again.close();
      for (const one of signers) {
        const params = query(one.imagePath('acme', 'img_1'));
        for (const two of signers) expect(two.readImagePath('img_1', params)).toBeDefined();
      }
      const rows = await empty.database.query('SELECT value FROM atelier.settings');
      expect(rows).toEqual([{ value: expect.stringMatching(/^[\w-]{43}$/) }]);
      // Another database has another one.
      expect(signer.readImagePath('img_1', query(signers[0]?.imagePath('acme', 'img_1') ?? ''))).toBeUndefined();
    } finally {
      await empty.drop();
    }
  });

  it('can be given, is not stored then, and must be long', async () => {
    const empty = await freshDatabase(inject('postgres'));
    try {
      const secret = 'not so secret, but of 32 letters';
      const one = await createSigner(empty.database, secret);
      const two = await createSigner(empty.database, secret);
      expect(two.readImagePath('img_1', query(one.imagePath('acme', 'img_1')))).toBeDefined();
      expect(signer.readImagePath('img_1', query(one.imagePath('acme', 'img_1')))).toBeUndefined();
      expect(await empty.database.query('SELECT FROM atelier.settings')).toEqual([]);
      for (const short of ['', 'secret', 'x'.repeat(31)])
        await expect(createSigner(empty.database, short)).rejects.toMatchObject({ code: 'invalid-input' });
      await empty.database.query(`INSERT INTO atelier.settings VALUES ('secret', '')`);
      await expect(createSigner(empty.database)).rejects.toMatchObject({ code: 'invalid-input' });
    } finally {
      await empty.drop();
    }
  });

  it('is what everything hangs on: without it, a plain hash or an empty key make nothing valid', () => {
    const params = query(signer.imagePath('acme', 'img_1'));
    const text = JSON.stringify(['atelier image, version 1', 'acme', 'img_1', params.get('expires')]);
    params.set('signature', createHmac('sha256', '').update(text).digest('base64url'));
    expect(signer.readImagePath('img_1', params)).toBeUndefined();
  });
});
