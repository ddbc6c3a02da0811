import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, it } from 'vitest';
import { freshDatabase } from '../__fixtures__/fresh-database.ts';
import { runKills } from '../__fixtures__/kills/run-kills.ts';

// Fifty of them: npm run verify:kill.
it('loses nothing and does nothing twice when workers are killed', async () => {
  const { url, drop } = await freshDatabase(inject('postgres'));
  const folder = await mkdtemp(join(tmpdir(), 'atelier-kills-'));
  try {
    const report = await runKills({ databaseUrl: url, folder, kills: 5, seed: 20 });
    expect(report.faults).toEqual([]);
    // The last job at work may end in the moment between.
    expect(report.hits).toBeGreaterThan(3);
    expect(report.jobs).toBeGreaterThan(4);
  } finally {
    await drop();
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
