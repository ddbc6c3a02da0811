import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSeal } from './seal.ts';

const secret = randomBytes(32);
const content = { scope: 'lee', key: 'atl_secret' };

describe('seals', () => {
  it('open with the same secret and for the same purpose alone', () => {
    const sealed = createSeal(secret).seal('upload', content);
    expect(createSeal(secret).open('upload', sealed)).toEqual(content);
    expect(createSeal(secret).open('download', sealed)).toBeUndefined();
    expect(createSeal(randomBytes(32)).open('upload', sealed)).toBeUndefined();
  });

  it('show nothing of what they hold, and are the same for the same', () => {
    const seal = createSeal(secret);
    const sealed = seal.seal('upload', content);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toMatch(/lee|atl_/);
    expect(seal.seal('upload', content)).toBe(sealed);
    expect(seal.seal('download', content)).not.toBe(sealed);
  });

  it('are broken by any change', () => {
    const seal = createSeal(secret);
    const sealed = seal.seal('upload', content);
    const changed = Array.from(
      sealed,
      (letter, at) => sealed.slice(0, at) + (letter === 'A' ? 'B' : 'A') + sealed.slice(at + 1),
    );
    const others = [
      ...changed,
      '',
      'A',
      sealed.slice(1),
      `${sealed}A`,
      `${sealed}=`,
      ` ${sealed}`,
      sealed.slice(0, 38),
      'A'.repeat(5000),
    ];
    expect(others.filter((text) => seal.open('upload', text) !== undefined)).toEqual([]);
  });
});
