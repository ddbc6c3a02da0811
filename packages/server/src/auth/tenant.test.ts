import { createHash } from 'node:crypto';
import { memoryAssetStore } from '@atelier/sdk';
import { describe, expect, it } from 'vitest';
import { isTenant, tenantOf } from './tenant.ts';

describe('tenants', () => {
  it.each(['default', 'a', '0', 'acme-2.eu_x', 'Acme', 'x'.repeat(64)])('may be called %j', (name) => {
    expect(isTenant(name)).toBe(true);
  });

  it.each(['', '.', '..', '../a', 'a/b', 'a\\b', '-a', '_a', '.a', 'a b', 'ä', 'a\n', 'a\0', 'x'.repeat(65), '%2e%2e'])(
    'may not be called %j',
    (name) => {
      expect(isTenant(name)).toBe(false);
      expect(isTenant(tenantOf(name))).toBe(true);
    },
  );

  it('are what a claim says where that is safe, and a hash of it elsewhere', () => {
    expect(tenantOf('acme-2.eu')).toBe('acme-2.eu');
    const hash = createHash('sha256').update('auth0|5f7').digest('hex');
    expect(tenantOf('auth0|5f7')).toBe(`t-${hash.slice(0, 32)}`);
  });

  it('differ where claims differ, also where only capitals do, and where one claim is the name made of another', () => {
    const claims = ['acme', 'Acme', 'ACME', 'acme ', 'acme/', 'a/b', tenantOf('a/b'), tenantOf(tenantOf('a/b'))];
    const tenants = claims.map(tenantOf);
    expect(new Set(tenants.map((tenant) => tenant.toLowerCase())).size).toBe(claims.length);
  });

  it('are scopes that stores take', async () => {
    const store = memoryAssetStore();
    for (const claim of ['acme', 'auth0|5f7', '../..', 'ユーザー'])
      expect(await store.has(tenantOf(claim), 'img_a')).toBe(false);
  });
});
