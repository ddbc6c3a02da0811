import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of a server in which tests make databases of their own. */
    postgres: string;
  }
}

/** One Postgres for all files of the project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'atelier-postgres-'));
  // Under root Postgres runs as another account, which has to get there.
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ folder, fast: true });
  project.provide('postgres', postgres.url);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
