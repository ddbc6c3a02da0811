import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atelier, fileAssetStore, type Studio } from '@atelier/sdk';
import { slowBackend } from '../../__fixtures__/five-steps/backend.ts';
import { fiveStepBrain } from '../../__fixtures__/five-steps/brain.ts';
import { freshDatabase } from '../../__fixtures__/fresh-database.ts';
import { createAgentApp } from '../../agent-app.ts';
import { createApiKey } from '../../auth/api-keys.ts';
import { serve } from '../../node/serve.ts';
import type { AgentOptions } from '../../options.ts';

export interface AgentServerOptions {
  /** Default: five adjustments, one after the other. */
  readonly studio?: Studio | undefined;
  /** Milliseconds that each adjustment takes. Default 5. */
  readonly stepTime?: number | undefined;
  readonly options?: Partial<AgentOptions> | undefined;
}

/** The whole app with a worker, on a database of its own, behind a port of loopback. */
export async function agentServer(postgres: string, { studio: given, stepTime = 5, options }: AgentServerOptions = {}) {
  const { database, url: databaseUrl, drop } = await freshDatabase(postgres);
  const folder = await mkdtemp(join(tmpdir(), 'atelier-client-'));
  const studio = given ?? atelier({ backends: [slowBackend({ time: stepTime })], brain: fiveStepBrain() });
  const assets = fileAssetStore(folder);
  const start = (port: number) => serve(createAgentApp(studio, { databaseUrl, assets, ...options }), { port });
  let server = await start(0);
  const keyOf = async (tenant: string) => (await createApiKey(database, { tenant, name: 'test' })).key;
  return {
    url: server.url,
    databaseUrl,
    /** Makes a key. Until there is one, a server that is told to be open is open. */
    keyOf,
    /** As a new release does it: the server goes, hands over what is at work, and comes back at the same address. */
    async restart() {
      await server.close({ graceSeconds: 0 });
      server = await start(server.port);
    },
    async close() {
      await server.close({ graceSeconds: 2 });
      await studio.close();
      await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type AgentServer = Awaited<ReturnType<typeof agentServer>>;
