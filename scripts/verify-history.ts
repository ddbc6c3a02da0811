// Kills processes that keep saving edits to file stores, at seeded random moments, and looks at what they left behind.
// npm run verify:history [-- --kills 1000 --seed 1 --parallel 3]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type KillOutcome, killOnce, warm } from '../packages/sdk/src/agent/__fixtures__/kills/kill-once.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    parallel: { type: 'string', default: '3' },
  },
});
const [kills, firstSeed, parallel] = [values.kills, values.seed, values.parallel].map(Number);
if (![kills, firstSeed, parallel].every((value) => Number.isInteger(value) && value > 0)) {
  console.error('--kills, --seed and --parallel take whole numbers from 1.');
  process.exit(2);
}

/** After this many edits a session is left alone and a new one begun: histories get long, and looking at them slow. */
const longHistory = 30;

const folder = await mkdtemp(join(tmpdir(), 'atelier-verify-history-'));
const cache = join(folder, 'cache');
const began = performance.now();
const outcomes: { readonly seed: number; readonly outcome: KillOutcome }[] = [];
let next = firstSeed;

/** One session after the other, killed again and again. */
async function lane(name: string): Promise<void> {
  let sessions = 0;
  while (next < firstSeed + kills) {
    const seed = next++;
    const outcome = await killOnce({ folder: join(folder, name), session: `session_${sessions}`, seed, cache });
    outcomes.push({ seed, outcome });
    if (outcome.edits >= longHistory) sessions++;
    for (const fault of outcome.faults) console.error(`seed ${seed}: ${fault}`);
    if (outcomes.length % 50 === 0) console.error(`${outcomes.length} of ${kills} kills, ${seconds()} s`);
  }
}

const seconds = () => Math.round((performance.now() - began) / 1000);
const total = (figure: (outcome: KillOutcome) => number) =>
  outcomes.reduce((sum, { outcome }) => sum + figure(outcome), 0);

try {
  await warm(cache);
  await Promise.all(Array.from({ length: parallel }, (_, index) => lane(`lane_${index}`)));
} finally {
  await rm(folder, { recursive: true, force: true });
}
const failed = outcomes.filter(({ outcome }) => outcome.faults.length > 0);
console.log(
  `${outcomes.length} kills in ${seconds()} s, ${total(({ saves }) => saves)} acknowledged saves: ` +
    `${failed.length} left something wrong${failed.length > 0 ? ` (seeds ${failed.map(({ seed }) => seed).join(', ')})` : ''}.`,
);
process.exitCode = failed.length > 0 ? 1 : 0;
