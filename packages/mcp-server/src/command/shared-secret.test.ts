import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sharedSecret } from './shared-secret.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-secret-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('is one for all who start at once, kept, random, and read by nobody else', async () => {
  const secrets = await Promise.all(Array.from({ length: 10 }, () => sharedSecret(folder)));
  expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(1);
  expect(secrets[0]).toHaveLength(32);
  expect(await sharedSecret(folder)).toEqual(secrets[0]);
  expect(await readdir(join(folder, 'mcp'))).toEqual(['.secret']);
  expect((await stat(join(folder, 'mcp', '.secret'))).mode & 0o777).toBe(0o600);
  expect(await sharedSecret(join(folder, 'other'))).not.toEqual(secrets[0]);
});

it('is never a file that somebody else put there', async () => {
  await sharedSecret(folder);
  await writeFile(join(folder, 'mcp', '.secret'), 'guess me');
  await expect(sharedSecret(folder)).rejects.toThrow('ATELIER_MCP_SECRET');
});
