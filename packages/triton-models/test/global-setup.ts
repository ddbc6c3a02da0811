import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import type { TritonAddresses } from '../../sdk/src/triton/__fixtures__/global-setup.ts';
// By its path: what vitest loads before the tests resolves packages to their build, which may be old.
import { launchTriton } from '../../sdk/src/triton/launch/launch-triton.ts';
import serverArguments from '../server-arguments.json' with { type: 'json' };
import { memoryOf } from './process-group.ts';

declare module 'vitest' {
  interface ProvidedContext {
    models: ServedModels;
  }
}

/** The server of all tests of one run: the five models with tiny random weights. */
export interface ServedModels extends TritonAddresses {
  /** Folder of the random weights, made when the server started. */
  readonly cache: string;
  /** From nothing, weights not even made, until all five were warm. */
  readonly readySeconds: number;
  /** Memory of the server and its model processes when they were ready. */
  readonly memoryBytes: number;
}

const python = fileURLToPath(new URL('../../../.venv/bin/python', import.meta.url));
const repository = fileURLToPath(new URL('../models', import.meta.url));

/** Starts the repository with random weights, as `atelier triton up --profile random` does, and stops it after the tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cache = await mkdtemp(join(tmpdir(), 'atelier-random-'));
  const started = performance.now();
  try {
    const server = await launchTriton({
      python,
      repository,
      readyTimeoutMs: 240_000,
      env: {
        ATELIER_PROFILE: 'random',
        ATELIER_CACHE: cache,
        ATELIER_DEVICE: 'cpu',
        // Five processes on few cores: threads that wait for each other busily would take the cores from the rest.
        OMP_NUM_THREADS: '1',
      },
      args: [...serverArguments, '--load-model=*'],
    });
    const readySeconds = (performance.now() - started) / 1000;
    const { url, grpcUrl, metricsUrl, pid } = server;
    const memoryBytes = await memoryOf(pid);
    project.provide('models', {
      ...{ url, grpcUrl, metricsUrl, pid, python, repository, cache },
      ...{ readySeconds, memoryBytes },
    });
    return async () => {
      await server.stop('SIGKILL');
      await rm(cache, { recursive: true, force: true });
    };
  } catch (error) {
    await rm(cache, { recursive: true, force: true });
    throw error;
  }
}
