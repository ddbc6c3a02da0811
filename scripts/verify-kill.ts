// Kills workers (SIGKILL) at seeded random moments of five-step jobs, stops Postgres, and takes Triton away; and holds what
// becomes of every job against what the same run makes undisturbed.
// npm run verify:kill [-- --kills 50 --stops 5 --seed 1 --away 30]     (0 leaves a part out)
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type KillReport, runKills } from '../packages/server/src/__fixtures__/kills/run-kills.ts';
import { runOutage } from '../packages/server/src/__fixtures__/kills/run-outage.ts';
import { startEmbeddedPostgres } from '../packages/server/src/embedded/embedded-postgres.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    stops: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    away: { type: 'string', default: '30' },
  },
});
const [kills, stops, seed, away] = [values.kills, values.stops, values.seed, values.away].map(Number);
if (![kills, stops, seed, away].every((value) => Number.isInteger(value) && value >= 0)) {
  console.error('--kills, --stops, --seed and --away take whole numbers from 0.');
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'atelier-verify-kill-'));
// Postgres runs as another account where this one is root.
await chmod(folder, 0o711);
const began = performance.now();
const say = (line: string) =>
  console.error(`${String(Math.round((performance.now() - began) / 1000)).padStart(4)} s  ${line}`);
let faults = 0;

/** A Postgres and an empty folder of its own for each part. */
async function part(
  name: string,
  work: (place: { databaseUrl: string; folder: string; stop: () => void }) => Promise<string[]>,
) {
  const place = join(folder, name);
  const postgres = await startEmbeddedPostgres({ folder: place });
  try {
    // A fast shutdown, as an operator's restart makes it; whoever uses the embedded server starts it again.
    const stop = () => process.kill(postgres.pid, 'SIGINT');
    const found = await work({ databaseUrl: postgres.url, folder: place, stop });
    for (const fault of found) console.error(`FAULT  ${fault}`);
    faults += found.length;
  } finally {
    await postgres.stop();
  }
}

function report(what: string, { kills: count, hits, jobs, steps, repeated, faults: found }: KillReport): string[] {
  console.log(
    `${count} ${what} (${hits} met a job at work): ${jobs} jobs, ${steps} steps, ${repeated} of them interrupted and run again, ${found.length} faults`,
  );
  return [...found];
}

try {
  if (kills > 0) await part('kills', async (place) => report('kills', await runKills({ ...place, kills, seed, say })));
  if (stops > 0) {
    await part('stops', async ({ stop, ...place }) => {
      const disturb = async () => {
        stop();
        // Down for a moment, up again, and at work for a while.
        await delay(3000);
      };
      return report('stops of Postgres', await runKills({ ...place, kills: stops, seed: seed + 1, disturb, say }));
    });
  }
  if (away > 0) {
    await part('outage', async (place) => {
      const outcome = await runOutage({ ...place, seconds: away, say });
      console.log(outcome.summary);
      return [...outcome.faults];
    });
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(`${faults} faults, ${Math.round((performance.now() - began) / 1000)} s`);
process.exit(faults === 0 ? 0 : 1);
