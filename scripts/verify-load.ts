// Puts the agent API under load on this machine: one API process, two workers, a backend that takes 50 ms, embedded Postgres.
// npm run verify:load [-- --burst 200 --soak 2000 --minutes 10]     (--soak 0 leaves the soak out)
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { LoadClient, type WatchedJob } from '../packages/server/src/__fixtures__/load/load-client.ts';
import { quantile, slope } from '../packages/server/src/__fixtures__/load/measure.ts';
import { AgentProcess } from '../packages/server/src/__fixtures__/processes/agent-process.ts';
import { openDatabase } from '../packages/server/src/database/database.ts';
import { startEmbeddedPostgres } from '../packages/server/src/embedded/embedded-postgres.ts';

const { values } = parseArgs({
  options: {
    burst: { type: 'string', default: '200' },
    soak: { type: 'string', default: '2000' },
    minutes: { type: 'string', default: '10' },
  },
});
const [burst, soak, minutes] = [values.burst, values.soak, values.minutes].map(Number);
if (!(burst > 0 && soak >= 0 && minutes > 0)) {
  console.error('--burst and --minutes take numbers above 0, --soak one from 0.');
  process.exit(2);
}

/** The bars. Milliseconds, jobs a second, and percent of the heap in ten minutes. */
const bars = { accepted95: 250, perSecond: 20, lag50: 30, lag95: 150, growth: 10 };

const folder = await mkdtemp(join(tmpdir(), 'atelier-verify-load-'));
// Postgres runs as another account where this one is root.
await chmod(folder, 0o711);
const postgres = await startEmbeddedPostgres({ folder });
const database = await openDatabase(postgres.url);
const place = { databaseUrl: postgres.url, assets: join(folder, 'assets'), stepTime: 50 };
const limits = { requestsPerMinute: 1_000_000 };
const jobs = { perWorker: 16, perTenant: 64, queuedPerTenant: 10_000 };
const processes = [
  await AgentProcess.start({ ...place, limits, jobs: { ...jobs, worker: false }, serves: true }),
  await AgentProcess.start({ ...place, jobs }),
  await AgentProcess.start({ ...place, jobs }),
];
// As the guide says where all of them share one machine: whoever asks is answered before work is done.
for (const worker of processes.slice(1)) worker.yieldToOthers();
let missed = 0;

function line(what: string, measured: number, bar: number, atLeast = false): void {
  const met = atLeast ? measured >= bar : measured <= bar;
  if (!met) missed++;
  console.log(`${what}: ${measured.toFixed(1)} (bar ${atLeast ? '>=' : '<='} ${bar})${met ? '' : '  MISSED'}`);
}

/** What every accepted job must have: one end, and that a good one. */
function checkEnds(ends: readonly WatchedJob[]): void {
  const bad = ends.filter(({ end, finals }) => end !== 'success' || finals !== 1);
  line('jobs without exactly one final event, a success', bad.length, 0);
}

async function runBurst(client: LoadClient, image: string): Promise<void> {
  const began = performance.now();
  const invoked = await Promise.all(Array.from({ length: burst }, () => client.invoke(image)));
  const ends = await Promise.all(
    invoked.map(async ({ job, accepted }) => ({ accepted, ...(await client.watch(job)) })),
  );
  const accepted = ends.map((job) => job.accepted);
  const lags = ends.flatMap((job) => job.lags);
  const seconds = (Math.max(...ends.map(({ endedAt }) => endedAt)) - began) / 1000;
  console.log(`${burst} invokes at once, then an open stream for each; ${lags.length} events`);
  line('202 answered, p50, ms', quantile(accepted, 0.5), Number.POSITIVE_INFINITY);
  line('202 answered, p95, ms', quantile(accepted, 0.95), bars.accepted95);
  line('finished jobs a second', burst / seconds, bars.perSecond, true);
  line('event lag p50, ms', quantile(lags, 0.5), bars.lag50);
  line('event lag p95, ms', quantile(lags, 0.95), bars.lag95);
  checkEnds(ends);
}

async function runSoak(client: LoadClient, image: string): Promise<void> {
  const wait = (minutes * 60_000) / soak;
  const running: Promise<WatchedJob>[] = [];
  const heaps: { x: number; y: number }[][] = processes.map(() => []);
  const began = performance.now();
  const note = async () => {
    const x = (performance.now() - began) / 60_000;
    for (const [index, process] of processes.entries()) heaps[index]?.push({ x, y: (await process.heap()) / 2 ** 20 });
  };
  for (let number = 0; number < soak; number++) {
    running.push(client.run(image));
    if (number % Math.ceil(soak / 40) === 0) await note();
    await delay(Math.max(0, began + wait * (number + 1) - performance.now()));
  }
  const ends = await Promise.all(running);
  const lags = ends.flatMap((job) => job.lags);
  console.log(`soak: ${ends.length} jobs in ${((performance.now() - began) / 60_000).toFixed(1)} min`);
  line('event lag p50, ms', quantile(lags, 0.5), bars.lag50);
  line('event lag p95, ms', quantile(lags, 0.95), bars.lag95);
  checkEnds(ends);
  for (const [index, points] of heaps.entries()) {
    // The first fifth is warming up: code is compiled, caches fill.
    const settled = points.slice(Math.floor(points.length / 5));
    const mean = settled.reduce((sum, { y }) => sum + y, 0) / settled.length;
    const growth = ((slope(settled) * 10) / mean) * 100;
    const name = index === 0 ? 'API' : `worker ${index}`;
    console.log(`${name}: heap ${settled[0]?.y.toFixed(1)} ... ${settled.at(-1)?.y.toFixed(1)} MiB`);
    line(`${name}: growth of the heap in 10 minutes, percent`, growth, bars.growth);
  }
}

try {
  const client = new LoadClient(processes[0]?.url ?? '');
  const image = await client.upload();
  // Code is compiled and connections are open before anything is measured.
  await Promise.all(Array.from({ length: 300 }, () => client.run(image)));
  await runBurst(client, image);
  if (soak > 0) await runSoak(client, image);
  const states = await database.query<{ state: string; jobs: number }>(
    'SELECT state, count(*)::int AS jobs FROM atelier.jobs GROUP BY state',
  );
  console.log(`states: ${states.map(({ state, jobs: count }) => `${count} ${state}`).join(', ')}`);
} finally {
  await Promise.all(processes.map((process) => process.stop()));
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(missed === 0 ? 0 : 1);
