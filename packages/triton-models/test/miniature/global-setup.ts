import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { serveMiniature } from '../../miniature/verify/serve.ts';

declare module 'vitest' {
  interface ProvidedContext {
    miniature: MiniatureServer;
  }
}

export interface MiniatureServer {
  readonly url: string;
  readonly grpcUrl: string;
  readonly python: string;
  readonly readySeconds: number;
}

const python = fileURLToPath(new URL('../../../../.venv/bin/python', import.meta.url));

/** Serves the models in miniature for the tests of this project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, grpcUrl, readySeconds, stop } = await serveMiniature({ python });
  project.provide('miniature', { url, grpcUrl, python, readySeconds });
  return stop;
}
