import { describe, expect, it } from 'vitest';
import { keyCheck, parseKeys } from './keys.ts';

const secret = '0123456789abcdef';
const other = 'fedcba9876543210';

describe('keys', () => {
  it('are read as they are written', () => {
    expect(parseKeys(` lee=${secret}==,\nann:look=${other} ,`)).toEqual([
      { name: 'lee', secret: `${secret}==`, may: { look: true, edit: true } },
      { name: 'ann', secret: other, may: { look: true, edit: false } },
    ]);
    expect(parseKeys('')).toEqual([]);
  });

  it('let in whoever has one, under its name and with its rights', () => {
    const check = keyCheck(parseKeys(`lee=${secret},ann:look=${other},lee=${secret}-new`));
    expect(check(secret)).toEqual({ principal: { scope: 'lee', may: { look: true, edit: true } } });
    expect(check(`${secret}-new`)?.principal.scope).toBe('lee');
    expect(check(other)?.principal.may.edit).toBe(false);
    for (const wrong of ['', secret.slice(1), `${secret} `, secret.toUpperCase(), 'lee'])
      expect(check(wrong)).toBeUndefined();
  });

  it.each([
    [`=${secret}`, /number 1/],
    [secret, /number 1/],
    [`lee=${secret},ann:paint=${other}`, /number 2/],
    [`lee:look:edit=${secret}`, /number 1/],
  ])('that cannot be read are told by their place: %s', (text, message) => {
    expect(() => parseKeys(text)).toThrow(message);
    expect(() => parseKeys(text)).not.toThrow(new RegExp(`${secret}|${other}`));
  });

  it.each([
    ['lee=short', /secret of the key "lee"/],
    ['lee=a secret with spaces in it', /secret of the key "lee"/],
    [`../lee=${secret}`, /cannot be the name/],
    [`k-${'0'.repeat(32)}=${secret}`, /cannot be the name/],
    [`lee=${secret},Lee=${other}`, /cannot be told apart/],
    [`lee=${secret},ann=${secret}`, /cannot be told apart/],
  ])('that cannot be used are refused: %s', (text, message) => {
    const use = () => keyCheck(parseKeys(text));
    expect(use).toThrow(message);
    expect(use).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(use).not.toThrow(new RegExp(`${secret}|short`));
  });
});
