import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase } from '../__fixtures__/fresh-database.ts';
import { AgentProcess } from '../__fixtures__/processes/agent-process.ts';
import { startEmbeddedPostgres } from '../embedded/embedded-postgres.ts';
import { runSchemathesis } from './__fixtures__/run-schemathesis.ts';

let folder = '';
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-fuzz-'));
  // Under root Postgres runs as another account, which has to get there.
  await chmod(folder, 0o711);
});
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  await rm(folder, { recursive: true, force: true });
});

it('answers a thousand made-up requests as its reference says, and goes on serving', async () => {
  const postgres = await startEmbeddedPostgres({ folder: join(folder, 'postgres'), fast: true });
  closing.push(() => postgres.stop());
  const fresh = await freshDatabase(postgres.url);
  closing.push(() => fresh.drop());
  const agent = await AgentProcess.start({
    databaseUrl: fresh.url,
    assets: join(folder, 'assets'),
    stepTime: 1,
    serves: true,
    limits: { requestsPerMinute: 1_000_000 },
  });
  closing.push(() => agent.stop());
  const report = join(folder, 'report');
  await mkdir(report);

  const { code, output, requests } = await runSchemathesis(agent.url, report, {
    seed: 7,
    seconds: 30,
    perOperation: 25,
  });

  expect(code, output).toBe(0);
  expect(requests).toBeGreaterThanOrEqual(1000);
  const answer = await fetch(`${agent.url}/readyz`);
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ready', missing: [] }]);
}, 180_000);
