import { readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { launchTriton } from '../launch/launch-triton.ts';

declare module 'vitest' {
  interface ProvidedContext {
    triton: TritonAddresses;
  }
}

/** The server that all tests of one run share. */
export interface TritonAddresses {
  readonly url: string;
  readonly grpcUrl: string;
  readonly metricsUrl: string;
  readonly pid: number;
  /** The interpreter of the Python test environment. */
  readonly python: string;
  /** The folder of the test models. */
  readonly repository: string;
}

const python = fileURLToPath(new URL('../../../../../.venv/bin/python', import.meta.url));
const repository = fileURLToPath(new URL('./models', import.meta.url));

/** Starts one real tritonserver with every test model before the tests that need it, and stops it after them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await launchTriton({
    python,
    repository,
    args: [
      '--model-control-mode=explicit',
      '--load-model=*',
      '--http-header-forward-pattern=.*',
      '--grpc-header-forward-pattern=.*',
    ],
  });
  const { url, grpcUrl, metricsUrl, pid } = server;
  project.provide('triton', { url, grpcUrl, metricsUrl, pid, python, repository });
  return async () => {
    await server.stop('SIGKILL');
    await removeRecords(pid);
  };
}

/** What the models of this server wrote down for the tests. */
async function removeRecords(pid: number): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(`atelier-${pid}-`));
  await Promise.all(names.map((name) => rm(join(tmpdir(), name), { force: true })));
}
