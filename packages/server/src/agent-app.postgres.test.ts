import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atelier, fileAssetStore } from '@atelier/sdk';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { slowBackend } from './__fixtures__/five-steps/backend.ts';
import { fiveStepBrain } from './__fixtures__/five-steps/brain.ts';
import { type FreshDatabase, freshDatabase } from './__fixtures__/fresh-database.ts';
import { type AgentApp, createAgentApp } from './agent-app.ts';
import type { AgentOptions } from './options.ts';

let fresh: FreshDatabase;
let folder = '';
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
  folder = await mkdtemp(join(tmpdir(), 'atelier-app-'));
});
afterAll(async () => {
  await fresh.drop();
  await rm(folder, { recursive: true, force: true });
});

const appWith = (options: Partial<AgentOptions> = {}): AgentApp =>
  createAgentApp(atelier({ backends: [slowBackend({ time: 1 })], brain: fiveStepBrain() }), {
    databaseUrl: fresh.url,
    assets: fileAssetStore(folder),
    auth: { open: true },
    ...options,
  });
const get = (app: AgentApp, path: string) => app.fetch(new Request(`http://localhost${path}`));
const connections = async () => {
  const rows = await fresh.database.query(
    'SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  return rows.length;
};

it('opens with the first request, works, and leaves nothing when it is closed', async () => {
  const before = await connections();
  const app = appWith();
  expect((await get(app, '/readyz')).status).toBe(200);
  await app.close({ graceSeconds: 0 });
  await vi.waitFor(async () => expect(await connections()).toBeLessThanOrEqual(before), 2000);
  const after = await get(app, '/healthz');
  expect([after.status, after.headers.get('retry-after')]).toEqual([503, '5']);
  await app.close();
});

it('that cannot be opened says so each time, and is not in the way of the next one', async () => {
  const app = appWith({ secret: 'short' });
  for (let i = 0; i < 2; i++) await expect(app.ready()).rejects.toMatchObject({ code: 'invalid-input' });
  const response = await get(app, '/healthz');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toMatch(/secret/);
  await app.close();
  const next = appWith();
  await next.ready();
  await next.close({ graceSeconds: 0 });
});

it('answers 503 while Postgres is away', async () => {
  const url = Object.assign(new URL(fresh.url), { port: '1' }).href;
  const response = await get(appWith({ databaseUrl: url }), '/jobs');
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ error: { code: 'server-unavailable' } });
});

it('is the one worker of its process, beside others that only take jobs', async () => {
  const [worker, second, door] = [appWith(), appWith(), appWith({ jobs: { worker: false } })];
  await worker.ready();
  await expect(second.ready()).rejects.toMatchObject({ code: 'conflict' });
  await door.ready();
  await worker.drain({ graceSeconds: 0 });
  expect((await get(worker, '/healthz')).status).toBe(200);
  await Promise.all([worker.close({ graceSeconds: 0 }), second.close(), door.close()]);
});

it.each([[{ jobs: { perWorker: 0 } }], [{ limits: { bodySeconds: Number.NaN } }], [{ publicUrl: 'example.org' }]])(
  'refuses %j',
  (options) => {
    expect(() => appWith(options)).toThrowError(expect.objectContaining({ code: 'invalid-input' }));
  },
);
