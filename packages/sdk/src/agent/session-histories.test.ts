import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssetStore } from '../assets/asset-store.ts';
import { fileAssetStore } from '../assets/file-asset-store.ts';
import { memoryAssetStore } from '../assets/memory-asset-store.ts';
import { pathTo } from '../history/edit-graph.ts';
import { fileHistoryStore } from '../history/file-history-store.ts';
import { memoryHistoryStore } from '../history/memory-history-store.ts';
import type { EditNode } from '../history/session-record.ts';
import {
  attempts,
  callAny,
  type HistoryCommand,
  openSession,
  perform,
  smallPicture,
} from './__fixtures__/history-commands.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-histories-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const image = await smallPicture();
const number = fc.nat({ max: 40 });
const edit = fc.record({ kind: fc.constant('edit' as const), attempt: fc.nat({ max: attempts.length - 1 }) });
const undo = fc.record({
  kind: fc.constant('undo' as const),
  back: fc.nat({ max: 4 }),
  later: fc.constantFrom('keep' as const, 'keep' as const, 'drop' as const),
});
const command: fc.Arbitrary<HistoryCommand> = fc.oneof(
  { weight: 6, arbitrary: edit },
  { weight: 4, arbitrary: undo },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('goTo' as const), node: number }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('branch' as const), node: number }) },
);
const commands: fc.Arbitrary<readonly HistoryCommand[]> = fc
  .tuple(fc.array(edit, { minLength: 3, maxLength: 4 }), fc.array(command, { minLength: 3, maxLength: 9, size: 'max' }))
  .map(([first, then]) => [...first, ...then]);

const inMemory = () => ({ assets: memoryAssetStore(), history: memoryHistoryStore() });
const onFiles = (name: string) => ({
  assets: fileAssetStore(join(folder, name, 'assets')),
  history: fileHistoryStore(join(folder, name, 'sessions')),
});

/** Does the commands, each in a studio opened anew; what was told and what is stored at the end. */
async function live(history: readonly HistoryCommand[], stores: () => ReturnType<typeof inMemory>) {
  const told: string[] = [];
  let id = 'main';
  const first = openSession(id, stores(), image);
  await first.image();
  for (const command of history) {
    const done = await perform(openSession(id, stores()), command);
    id = done.id;
    told.push(done.told);
  }
  const session = openSession(id, stores());
  return { told, session, graph: await session.graph() };
}

describe('any history', () => {
  it('is the same in memory and on files that are opened again, and every path of it leads to the same pictures again', async () => {
    let runs = 0;
    let replays = 0;
    await fc.assert(
      fc.asyncProperty(commands, async (history) => {
        const kept = inMemory();
        const memory = await live(history, () => kept);
        const name = `run_${runs++}`;
        const files = await live(history, () => onFiles(name));
        expect(files.told).toEqual(memory.told);
        expect(files.graph).toEqual(memory.graph);
        replays += memory.told.filter((told) => /^img_\S+ edit_/.test(told)).length;
        await expectSamePaths(memory.graph.nodes, kept.assets);
        const { nodes } = memory.graph;
        const recipe = await memory.session.recipe();
        expect(await files.session.recipe()).toEqual(recipe);
        expect(recipe.steps).toHaveLength(pathTo(nodes, memory.graph.head).length);
      }),
      { numRuns: 20, seed: 20_261_122 },
    );
    // The histories are of the kind that this is about.
    expect(replays).toBeGreaterThan(6);
  });
});

/** Makes every edit of the graph again from what its node says, in a session that has done nothing yet. */
async function expectSamePaths(nodes: readonly EditNode[], assets: AssetStore): Promise<void> {
  const fresh = openSession('fresh', { assets, history: memoryHistoryStore() }, image);
  await fresh.image();
  for (const node of nodes) {
    await fresh.goTo(node.parent);
    const output = await callAny(fresh, node.tool, node.input);
    expect(output).toMatchObject({ image: node.receipt.after, edit: node.id });
  }
}
