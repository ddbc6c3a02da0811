import { fileURLToPath } from 'node:url';
import { type LaunchedTriton, launchTriton } from '@atelier/sdk/testing';
import { TritonClient } from '@atelier/sdk/triton';
import serverArguments from '../server-arguments.json' with { type: 'json' };
import type { ModelName } from './scenario.ts';

/** A server with the models of the repository, and a client of it. */
export interface Served {
  readonly server: LaunchedTriton;
  readonly client: TritonClient;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly python: string;
  readonly models: readonly ModelName[];
  /** The models' settings, `ATELIER_...`. */
  readonly env: Readonly<Record<string, string>>;
  readonly readyTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** Starts it as `atelier triton up` does. */
export async function serve({ python, models, env, readyTimeoutMs, signal }: ServeOptions): Promise<Served> {
  const server = await launchTriton({
    python,
    repository: fileURLToPath(new URL('../models', import.meta.url)),
    env,
    readyTimeoutMs,
    signal,
    args: [...serverArguments, ...models.map((model) => `--load-model=${model}`)],
  });
  // A request that is tried again would count twice; a painting on a processor takes its time.
  const client = new TritonClient({
    url: server.url,
    grpcUrl: server.grpcUrl,
    retry: { attempts: 1 },
    timeoutMs: 1_800_000,
  });
  return {
    server,
    client,
    async close() {
      await client.close();
      await server.stop('SIGKILL');
    },
  };
}
