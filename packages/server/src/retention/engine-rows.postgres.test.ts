import { memoryAssetStore } from '@atelier/sdk';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import { cleanUp } from './clean-up.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'));
  DBOS.setConfig({ name: 'clean-up', systemDatabaseUrl: fresh.url, runAdminServer: false, logLevel: 'error' });
});
afterAll(async () => {
  await DBOS.shutdown();
  await fresh.drop();
});

const tables = ['workflow_status', 'operation_outputs', 'notifications', 'workflow_events', 'streams'] as const;

it('deletes what the engine recorded for a job, and for what the job started', async () => {
  const inner = DBOS.registerWorkflow(() => DBOS.runStep(() => Promise.resolve(1), { name: 'inner' }), {
    name: 'inner',
  });
  const outer = DBOS.registerWorkflow(
    async () => {
      await DBOS.runStep(() => Promise.resolve(1), { name: 'a' });
      await DBOS.recv('topic', 5);
      await DBOS.setEvent('key', 'value');
      await DBOS.writeStream('key', 'value');
      await (await DBOS.startWorkflow(inner)()).getResult();
    },
    { name: 'outer' },
  );
  await DBOS.launch();
  const count = async () => {
    const counts = await Promise.all(
      tables.map((table) => fresh.database.query<{ n: number }>(`SELECT count(*)::int AS n FROM dbos.${table}`)),
    );
    return Object.fromEntries(tables.map((table, index) => [table, counts[index]?.[0]?.n ?? 0]));
  };
  for (const [id, days] of [
    ['old', 20],
    ['recent', 5],
  ] as const) {
    const handle = await DBOS.startWorkflow(outer, { workflowID: id })();
    await DBOS.send(id, 'message', 'topic');
    await handle.getResult();
    await fresh.database.query(
      `INSERT INTO atelier.jobs (id, tenant, session, state, request, request_hash, deadline_at, finished_at)
       VALUES ($1, 'one', 's', 'succeeded', '{}', '', now(), now() - make_interval(days => $2))`,
      [id, days],
    );
  }
  const before = await count();
  expect(before).toMatchObject({ workflow_status: expect.any(Number) });
  for (const table of tables) expect(before[table], table).toBeGreaterThanOrEqual(2);

  const counts = await cleanUp(fresh.database, memoryAssetStore(), { days: 10 });
  expect(counts.jobs).toBe(1);
  expect(counts.steps).toBeGreaterThanOrEqual(5);
  const after = await count();
  for (const table of tables) expect(after[table], table).toBe((before[table] ?? 0) / 2);
  expect((await DBOS.listWorkflows({})).map(({ workflowID }) => workflowID)).not.toContain('old');
  expect(await DBOS.getWorkflowStatus('recent')).toMatchObject({ status: 'SUCCESS' });
});
