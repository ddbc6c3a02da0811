import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { invalidInput } from './access-errors.ts';
import type { Principal } from './principal.ts';
import { sharedSecret } from './secret.ts';
import { isTenant } from './tenant.ts';

/** Makes and reads what lets one in without a key: to one picture, or to one job's events. Nothing is stored. */
export interface Signer {
  /**
   * Path and query of a read-only image URL: `/images/ID?tenant=..&expires=..&signature=..`. It lives as long as is asked (default
   * one hour), and up to ten minutes longer: for that time it stays the same, so that browsers find the picture in their cache.
   */
  imagePath(tenant: string, id: string, options?: { seconds?: number }): string;
  /**
   * Checks such a query; undefined where it is not valid (altered, expired, another path). Constant time. Other parameters, as a
   * width, are not looked at.
   */
  readImagePath(id: string, query: URLSearchParams): Principal | undefined;
  /** A ticket for one job's WebSocket or event stream, valid for 60 seconds. */
  ticket(principal: Principal, job: string): { ticket: string; expiresAt: string };
  /** Whose ticket it is; undefined where it is not valid for this job, or not any more. */
  readTicket(job: string, ticket: string): Principal | undefined;
}

const imageSeconds = 3600;
/** Ends of image URLs lie this far apart; no URL lives more than twice as long as was asked. */
const stepSeconds = 600;
const ticketSeconds = 60;
/** A signature of one kind is none of the other, whatever they are made of. */
type Purpose = 'atelier image, version 1' | 'atelier ticket, version 1';

/** Throws `invalid-input` where the secret has fewer than 32 characters. Without one, it is kept in the database. */
export async function createSigner(database: Database, secret?: string): Promise<Signer> {
  const key = await sharedSecret(database, secret);
  // JSON keeps the parts apart: no two lists have the same text.
  const sign = (purpose: Purpose, ...parts: string[]): string =>
    createHmac('sha256', key)
      .update(JSON.stringify([purpose, ...parts]))
      .digest('base64url');

  return {
    imagePath(tenant, id, { seconds = imageSeconds } = {}) {
      if (!isTenant(tenant) || !Number.isSafeInteger(seconds) || seconds < 1)
        throw invalidInput('This image URL cannot be signed.', 'Give a tenant, and a whole number of seconds from 1.');
      const step = Math.min(stepSeconds, seconds);
      const expires = String(Math.ceil((Math.floor(Date.now() / 1000) + seconds) / step) * step);
      const signature = sign('atelier image, version 1', tenant, id, expires);
      return `/images/${encodeURIComponent(id)}?${new URLSearchParams({ tenant, expires, signature })}`;
    },
    readImagePath(id, query) {
      const tenant = only(query, 'tenant');
      const expires = only(query, 'expires');
      const signature = only(query, 'signature');
      if (tenant === undefined || expires === undefined || signature === undefined) return undefined;
      if (!isSame(signature, sign('atelier image, version 1', tenant, id, expires))) return undefined;
      return Date.now() < Number(expires) * 1000 ? { tenant, kind: 'url', id } : undefined;
    },
    ticket({ tenant, id }, job) {
      const expires = Date.now() + ticketSeconds * 1000;
      const content = Buffer.from(JSON.stringify([tenant, id, expires])).toString('base64url');
      const signature = sign('atelier ticket, version 1', job, content);
      return { ticket: `${content}.${signature}`, expiresAt: new Date(expires).toISOString() };
    },
    readTicket(job, ticket) {
      const [content, signature, ...more] = ticket.length <= 2048 ? ticket.split('.') : [];
      if (content === undefined || signature === undefined || more.length > 0) return undefined;
      // Nothing is read that was not written here.
      if (!isSame(signature, sign('atelier ticket, version 1', job, content))) return undefined;
      const [tenant, id, expires]: unknown[] = JSON.parse(Buffer.from(content, 'base64url').toString());
      if (typeof tenant !== 'string' || typeof id !== 'string' || typeof expires !== 'number') return undefined;
      return Date.now() < expires ? { tenant, kind: 'url', id } : undefined;
    },
  };
}

/** A parameter that is there once: of two, others might read the other one. */
function only(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}

/** Compares the texts, not the bytes they stand for: there is one spelling of a signature. */
function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
