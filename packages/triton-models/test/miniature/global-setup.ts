import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
// By its path: what vitest loads before the tests resolves packages to their build, which may be old.
import { launchTriton } from '../../../sdk/src/triton/launch/launch-triton.ts';
import serverArguments from '../../server-arguments.json' with { type: 'json' };

declare module 'vitest' {
  interface ProvidedContext {
    miniature: ServedMiniatures;
  }
}

export interface ServedMiniatures {
  readonly url: string;
  readonly grpcUrl: string;
  readonly python: string;
  /** From nothing until all five were warm. */
  readonly readySeconds: number;
}

const python = fileURLToPath(new URL('../../../../.venv/bin/python', import.meta.url));
const repository = fileURLToPath(new URL('../../models', import.meta.url));

/** Serves the repository as `atelier triton up --profile miniature` does, and stops it after the tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = performance.now();
  const server = await launchTriton({
    python,
    repository,
    readyTimeoutMs: 240_000,
    // Five processes on few cores: threads that wait for each other busily would take the cores from the rest.
    env: { ATELIER_PROFILE: 'miniature', ATELIER_DEVICE: 'cpu', OMP_NUM_THREADS: '1' },
    args: [...serverArguments, '--load-model=*'],
  });
  const readySeconds = (performance.now() - started) / 1000;
  const { url, grpcUrl } = server;
  project.provide('miniature', { url, grpcUrl, python, readySeconds });
  return () => server.stop('SIGKILL');
}
