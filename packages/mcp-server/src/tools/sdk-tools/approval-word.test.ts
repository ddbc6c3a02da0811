import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isWordFor, newWord, spendWord } from './approval-word.ts';

const call = { secret: randomBytes(32), scope: 'ann', digest: 'abc' };

describe('a word for an approved call', () => {
  it('stands for it, once', () => {
    const word = newWord(call);
    expect([isWordFor(call, word), isWordFor(call, word)]).toEqual([true, true]);
    spendWord(word);
    expect(isWordFor(call, word)).toBe(false);
    expect(isWordFor(call, newWord(call))).toBe(true);
  });

  it.each([
    ['another call', { ...call, digest: 'abd' }],
    ['another tenant', { ...call, scope: 'bob' }],
    ['another server', { ...call, secret: randomBytes(32) }],
  ])('does not stand for %s', (_name, other) => expect(isWordFor(other, newWord(call))).toBe(false));

  it('ends after a quarter of an hour, and cannot be prolonged', () => {
    const [now, later] = [Date.now(), Date.now() + 16 * 60_000];
    const word = newWord(call, now);
    expect([isWordFor(call, word, now), isWordFor(call, word, later)]).toEqual([true, false]);
    const [, nonce, mac] = word.split('.');
    expect(isWordFor(call, `${(later + 60_000).toString(36)}.${nonce}.${mac}`, later)).toBe(false);
  });

  it.each([undefined, '', '.', '..', 'a.b.c', 'zzzzzzzzz.x.y', `${'é'.repeat(60)}`])('is not %j', (word) =>
    expect(isWordFor(call, word)).toBe(false),
  );
});
