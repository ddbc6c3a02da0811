import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { atelier, fileAssetStore, type Studio } from '@atelier/sdk';
import { type Database, openDatabase } from '../../database/database.ts';
import { postgresHistoryStore } from '../../history/postgres-history-store.ts';
import type { JobService } from '../../jobs/job-service.ts';
import { createJobService } from '../../jobs/postgres-job-service.ts';
import { slowBackend } from '../five-steps/backend.ts';
import { fiveStepBrain } from '../five-steps/brain.ts';
import { numberedPicture } from '../five-steps/picture.ts';
import { AgentProcess } from '../processes/agent-process.ts';
import { patiently } from './patiently.ts';
import { seededRandom } from './random.ts';
import { isGapless, watch } from './watchers.ts';

export interface KillOptions {
  readonly databaseUrl: string;
  /** An empty folder. */
  readonly folder: string;
  readonly kills: number;
  readonly seed: number;
  /** What happens instead of a kill: Postgres is stopped and started, say. Called with the number of the disturbance. */
  readonly disturb?: ((number: number) => Promise<void>) | undefined;
  readonly say?: ((line: string) => void) | undefined;
}

export interface KillReport {
  readonly kills: number;
  /** Kills that met a job at work. */
  readonly hits: number;
  readonly jobs: number;
  readonly steps: number;
  /** Steps that ran once more: those which a kill had interrupted. */
  readonly repeated: number;
  /** What must not be. */
  readonly faults: readonly string[];
}

/** Jobs that are at work at once. */
const atOnce = 4;
const tenant = 'kills';

/**
 * Kills workers at random moments of five-step jobs, and holds what comes of each job against what the same run makes undisturbed.
 */
export async function runKills(options: KillOptions): Promise<KillReport> {
  const { databaseUrl, folder, kills, seed, say = () => {} } = options;
  const random = seededRandom(seed);
  const assets = join(folder, 'assets');
  const journal = join(folder, 'journal.txt');
  writeFileSync(journal, '');
  const database = await openDatabase(databaseUrl, { poolSize: 8 });
  const jobs = createJobService(database);
  const studio = atelier({ backends: [slowBackend({ time: 0 })], brain: fiveStepBrain() });
  const stored = studio.with({
    scope: tenant,
    assets: fileAssetStore(assets),
    history: postgresHistoryStore(database),
  });
  const workerOptions = { databaseUrl, assets, journal, stepTime: 80, jobs: { perWorker: atOnce } };
  const workers = [await AgentProcess.start(workerOptions), await AgentProcess.start(workerOptions)];
  const check = new Check(database, journal);
  let running = true;
  let number = 0;
  const line = async () => {
    try {
      while (running) await check.job(jobs, stored, studio, number++, random);
    } catch (error) {
      check.faults.push(String(error));
    }
  };
  const lines = Array.from({ length: atOnce }, line);
  while (statSync(journal).size === 0) await delay(20);
  let hits = 0;
  try {
    for (let kill = 1; kill <= kills; kill++) {
      await delay(150 + random() * 900);
      if (options.disturb) {
        await options.disturb(kill);
        hits++;
        say(`disturbance ${kill}: ${check.faults.length} faults`);
        continue;
      }
      while ((await check.atWork()) === 0) await delay(10);
      const chosen = Math.floor(random() * workers.length);
      await workers[chosen]?.kill();
      hits += (await check.afterKill()) > 0 ? 1 : 0;
      workers[chosen] = await AgentProcess.start(workerOptions);
      say(`kill ${kill}: ${check.jobs} jobs done, ${check.faults.length} faults`);
    }
  } finally {
    running = false;
    await Promise.all(lines);
    await Promise.all(workers.map((worker) => worker.stop()));
    jobs.close();
    await database.close();
  }
  return { kills, hits, jobs: check.jobs, ...check.count(), faults: check.faults };
}

/** Looks for what must not be. */
class Check {
  readonly faults: string[] = [];
  jobs = 0;
  readonly #database: Database;
  readonly #journal: string;
  /** By the picture that a step works on: of which job it is, and which step. */
  readonly #stepOf = new Map<string, { readonly job: string; readonly step: number }>();
  /** Steps that were recorded, and where the journal was then: none may begin behind it. */
  readonly #recorded = new Map<string, number>();

  constructor(database: Database, journal: string) {
    this.#database = database;
    this.#journal = journal;
  }

  async job(jobs: JobService, stored: Studio, studio: Studio, number: number, random: () => number): Promise<void> {
    const picture = await numberedPicture(number);
    const session = stored.session({ id: `session_${number}`, image: picture });
    await session.image();
    const undisturbed = await studio.session({ image: picture }).run('adjust 5').result;
    const { job } = await patiently(() =>
      jobs.create(tenant, {
        idempotencyKey: `job_${number}`,
        requestHash: 'kills',
        request: {
          prompt: 'adjust 5',
          session: session.id,
          image: picture.id,
          language: 'en',
          approve: 'never',
          deadlineSeconds: 300,
        },
      }),
    );
    for (const [step, { receipt }] of undisturbed.edits.entries())
      this.#stepOf.set(receipt.before, { job: job.id, step });
    const watched = await watch(jobs, tenant, job.id, random);
    const { state, final, lastSeq } = await patiently(() => jobs.get(tenant, job.id));
    const wanted = undisturbed.image?.id;
    if (state !== 'succeeded' || final?.outputImage !== wanted) {
      this.faults.push(
        `${job.id} ${state}, ${final?.outputImage} instead of ${wanted}: ${JSON.stringify(final)?.slice(0, 300)}`,
      );
    }
    for (const [who, seen] of Object.entries(watched)) {
      if (!isGapless(seen) || seen.length !== lastSeq)
        this.faults.push(`${job.id}: who ${who} saw ${seen.join()} of ${lastSeq}`);
    }
    this.jobs++;
  }

  /** Notes what is recorded by now. Returns how many jobs were at work. */
  async afterKill(): Promise<number> {
    const rows = await this.#database.query<{ job: string; step: string }>(
      `SELECT workflow_uuid AS job, function_name AS step FROM dbos.operation_outputs WHERE function_name LIKE 'tool:%:adjust_image%'`,
      [],
      { patience: 60_000 },
    );
    const end = statSync(this.#journal).size;
    for (const { job, step } of rows) {
      // tool:0 is the plan.
      const key = `${job} ${Number(step.split(':')[1]) - 1}`;
      if (!this.#recorded.has(key)) this.#recorded.set(key, end);
    }
    return this.atWork();
  }

  async atWork(): Promise<number> {
    const [active] = await this.#database.query<{ jobs: number }>(
      `SELECT count(*)::int AS jobs FROM atelier.jobs WHERE state = 'running'`,
      [],
      { patience: 60_000 },
    );
    return active?.jobs ?? 0;
  }

  count(): { readonly steps: number; readonly repeated: number } {
    const text = readFileSync(this.#journal, 'utf8');
    const begun = new Map<string, number>();
    let position = 0;
    for (const entry of text.split('\n').slice(0, -1)) {
      const about = this.#stepOf.get(entry.split(' ')[1] ?? '');
      const key = about && `${about.job} ${about.step}`;
      if (key !== undefined) begun.set(key, (begun.get(key) ?? 0) + 1);
      const recordedBefore = key === undefined ? undefined : this.#recorded.get(key);
      if (recordedBefore !== undefined && position >= recordedBefore)
        this.faults.push(`recorded step ${key} ran again`);
      position += entry.length + 1;
    }
    const times = [...begun.values()];
    return { steps: times.length, repeated: times.reduce((sum, count) => sum + count - 1, 0) };
  }
}
