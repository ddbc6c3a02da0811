import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession, perform, smallPicture } from './__fixtures__/history-commands.ts';
import { type KillOutcome, killOnce, unfinishedFiles, warm } from './__fixtures__/kills/kill-once.ts';
import { storesIn } from './__fixtures__/kills/stores.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-kills-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a process that is killed while it saves', () => {
  it('leaves a history that can be read, complete, and gone on with: 15 kills of one session', async () => {
    const [stores, cache] = [join(folder, 'stores'), join(folder, 'cache')];
    await warm(cache);
    const outcomes: KillOutcome[] = [];
    for (let seed = 1; seed <= 15; seed++) {
      outcomes.push(await killOnce({ folder: stores, session: 'session_1', seed, cache }));
    }
    expect(outcomes.flatMap(({ faults }) => faults)).toEqual([]);
    // They were at work when they were killed: so many saves each child was let live for at least.
    expect(outcomes.reduce((sum, { saves }) => sum + saves, 0)).toBeGreaterThanOrEqual(17);

    // Only the latest two revisions stay, whenever the older ones were to be deleted.
    expect((await readdir(join(stores, 'sessions', 'default', 'session_1'))).length).toBeLessThanOrEqual(2);
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    for (const path of await unfinishedFiles(stores)) await utimes(path, longAgo, longAgo);
    const session = openSession('session_2', storesIn(stores), await smallPicture());
    await perform(session, { kind: 'edit', attempt: 0 });
    expect(await unfinishedFiles(stores)).toEqual([]);
  });
});
