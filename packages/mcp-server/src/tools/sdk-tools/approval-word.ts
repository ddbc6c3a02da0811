import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Milliseconds that a word stands for its call: as long as a person may take to answer. */
const validMs = 15 * 60_000;
const mostSpent = 10_000;

/** What a word stands for: the call of one tenant. */
export interface WordFor {
  readonly secret: Uint8Array;
  readonly scope: string;
  readonly digest: string;
}

/** Words that have done their work, with the time until which they would have been valid. Of this process. */
const spent = new Map<string, number>();

/** A word that stands for one call, once, for a while: for hosts that cannot ask their person themselves. */
export function newWord(call: WordFor, now: number = Date.now()): string {
  const head = `${(now + validMs).toString(36)}.${randomBytes(9).toString('base64url')}`;
  return `${head}.${seal(call, head)}`;
}

/** Whether it is a word for this very call, not too old, and not spent. */
export function isWordFor(call: WordFor, word: string | undefined, now: number = Date.now()): boolean {
  const [until = '', nonce = '', mac = '', ...more] = word?.split('.') ?? [];
  if (more.length > 0 || !(Number.parseInt(until, 36) > now) || spent.has(nonce)) return false;
  const [given, wanted] = [Buffer.from(mac), Buffer.from(seal(call, `${until}.${nonce}`))];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** It was acted on: the same word again would be another deed that nobody has agreed to. */
export function spendWord(word: string, now: number = Date.now()): void {
  const [until = '', nonce = ''] = word.split('.');
  spent.set(nonce, Number.parseInt(until, 36));
  if (spent.size < mostSpent) return;
  for (const [old, validUntil] of spent) if (validUntil < now) spent.delete(old);
}

const seal = ({ secret, scope, digest }: WordFor, head: string): string =>
  createHmac('sha256', secret).update(`approval ${scope} ${digest} ${head}`).digest('base64url');
