import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { local, planner } from '@atelier/local';
import { atelier, fileAssetStore, type Studio } from '@atelier/sdk';
import { createAgentApp, createApiKey, openDatabase } from '@atelier/server';
import { serve } from '@atelier/server/node';

/** The sample photographs. */
export const photos = fileURLToPath(new URL('../../../../../../photos', import.meta.url));
export const photo = (name: string): Promise<Buffer> => readFile(join(photos, name));

/** A whole agent API with a worker, the embedded backend and keys for two tenants, on a port of loopback and a database of its own. */
export async function openApi(postgres: string, studio: Studio = atelier({ backends: [local()], brain: planner() })) {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const server = await openDatabase(postgres, { poolSize: 1 });
  await server.query(`CREATE DATABASE ${name}`);
  const databaseUrl = Object.assign(new URL(postgres), { pathname: `/${name}` }).href;
  const folder = await mkdtemp(join(tmpdir(), 'atelier-api-'));
  const limits = { requestsPerMinute: 100_000 };
  const app = createAgentApp(studio, { databaseUrl, assets: fileAssetStore(folder), limits });
  const { database } = await app.services();
  const keyOf = async (tenant: string) => (await createApiKey(database, { tenant, name: 'test' })).key;
  const keys = { one: await keyOf('one'), two: await keyOf('two') };
  const running = await serve(app, { port: 0 });
  return {
    url: running.url,
    keys,
    async close() {
      await running.close({ graceSeconds: 0 });
      await studio.close();
      await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type OpenApi = Awaited<ReturnType<typeof openApi>>;
