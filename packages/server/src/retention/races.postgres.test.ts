import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type AssetStore, memoryAssetStore, type SessionRecord } from '@atelier/sdk';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../__fixtures__/fresh-database.ts';
import { postgresHistoryStore } from '../history/postgres-history-store.ts';
import { trackedAssets } from '../images/tracked-assets.ts';
import { cleanUp } from './clean-up.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase(inject('postgres'), { poolSize: 16 });
});
afterAll(() => fresh.drop());

/** A small universe, so that what is put is often what is being deleted at that moment. */
const pictures = Array.from({ length: 12 }, (_, i) => `img_${createHash('md5').update(String(i)).digest('hex')}`);
/** An active job keeps all its tenant has; so there are several. */
const tenants = ['one', 'two', 'three', 'four', 'five'];
const png = { bytes: Uint8Array.of(1), mediaType: 'image/png' };

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A store whose answers take a moment, so that everything else happens in between. */
function slowly(store: AssetStore, random: () => number): AssetStore {
  const later = () => delay(random() * 12);
  return {
    put: (scope, id, asset) => later().then(() => store.put(scope, id, asset)),
    get: (scope, id) => later().then(() => store.get(scope, id)),
    has: (scope, id) => later().then(() => store.has(scope, id)),
    delete: (scope, id) => later().then(() => store.delete(scope, id)),
  };
}

/** Everything became older by so many days. */
const pass = (days: number) =>
  fresh.database.query(
    `WITH span AS (SELECT make_interval(secs => $1) AS by),
       s AS (UPDATE atelier.sessions SET updated_at = updated_at - (SELECT by FROM span)),
       a AS (UPDATE atelier.assets SET used_at = used_at - (SELECT by FROM span))
     UPDATE atelier.jobs SET created_at = created_at - (SELECT by FROM span), finished_at = finished_at - (SELECT by FROM span)`,
    [days * 86_400],
  );

const named = `
  SELECT DISTINCT tenant, (regexp_matches(concat_ws(' ', record), 'img_[0-9a-f]{32}', 'g'))[1] AS id FROM atelier.sessions
  UNION SELECT tenant, (regexp_matches(concat_ws(' ', request, final), 'img_[0-9a-f]{32}', 'g'))[1] FROM atelier.jobs
  UNION SELECT tenant, (regexp_matches(concat_ws(' ', event), 'img_[0-9a-f]{32}', 'g'))[1]
    FROM atelier.events JOIN atelier.jobs ON job = jobs.id`;

/** One person's work: their session changes, now and then as a job that may take days. */
class Actor {
  readonly #tenant: string;
  readonly #session: string;
  readonly #random: () => number;
  readonly #history = postgresHistoryStore(fresh.database);
  #job: string | undefined;

  constructor(tenant: string, session: string, random: () => number) {
    this.#tenant = tenant;
    this.#session = session;
    this.#random = random;
  }

  async work(store: AssetStore): Promise<void> {
    // A new process: it remembers nothing of what was used before.
    const assets = trackedAssets(slowly(store, this.#random), fresh.database);
    if (!this.#job && this.#random() < 0.25) await this.#begin(assets);
    await this.#edit(assets);
    if (this.#job && this.#random() < 0.6) await this.#finish(assets);
  }

  async #use(assets: AssetStore): Promise<string> {
    const id = pictures[Math.floor(this.#random() * pictures.length)] ?? '';
    // As the SDK's library does.
    if (!(await assets.has(this.#tenant, id))) await assets.put(this.#tenant, id, png);
    return id;
  }

  async #edit(assets: AssetStore): Promise<void> {
    const old = await this.#history.load(this.#tenant, this.#session);
    const used = [await this.#use(assets), await this.#use(assets)];
    const images = [...(old?.images ?? []).slice(-2), ...used.map((id) => ({ id, width: 1, height: 1 }))];
    const rest = { current: null, edits: [], head: null, protect: [], protections: {}, messages: [], runs: [] };
    const next: SessionRecord = { format: 1, id: this.#session, revision: (old?.revision ?? 0) + 1, images, ...rest };
    // Whoever lost their session to a clean-up, because it was that old, begins a new one the next time.
    await this.#history.save(this.#tenant, next).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'conflict' });
    });
  }

  async #begin(assets: AssetStore): Promise<void> {
    this.#job = `${this.#tenant}-${this.#session}-${this.#random()}`;
    await fresh.database.query(
      `INSERT INTO atelier.jobs (id, tenant, session, state, request, request_hash, deadline_at)
       VALUES ($1, $2, $3, 'running', $4, '', now())`,
      [this.#job, this.#tenant, this.#session, { image: await this.#use(assets) }],
    );
    await fresh.database.query('INSERT INTO atelier.events (job, seq, event) VALUES ($1, 1, $2)', [
      this.#job,
      { overlay: await this.#use(assets) },
    ]);
  }

  async #finish(assets: AssetStore): Promise<void> {
    await fresh.database.query(
      `UPDATE atelier.jobs SET state = 'succeeded', finished_at = now(), final = $2 WHERE id = $1`,
      [this.#job, { outputImage: await this.#use(assets) }],
    );
    this.#job = undefined;
  }
}

it('never takes what a session or a job names, whatever happens at the same moment', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = randomFrom(seed);
  const store = memoryAssetStore();
  const actors = tenants.flatMap((tenant) => ['a', 'b', 'c'].map((session) => new Actor(tenant, session, random)));
  const deleted = { jobs: 0, sessions: 0, assets: 0 };
  for (let round = 0; round < 60; round++) {
    await pass(random() * 0.8);
    const cleaning = async () => {
      await delay(random() * 6);
      const counts = await cleanUp(fresh.database, slowly(store, random), { days: 1 });
      for (const name of ['jobs', 'sessions', 'assets'] as const) deleted[name] += counts[name];
    };
    const working = actors.filter(() => random() < 0.3).map((actor) => actor.work(store));
    await Promise.all([cleaning(), cleaning(), ...working]);
    for (const { tenant, id } of await fresh.database.query<{ tenant: string; id: string }>(named))
      expect(await store.has(tenant, id), `${id} in round ${round}, seed ${seed}`).toBe(true);
  }
  // It had something to take from, all the time.
  for (const count of Object.values(deleted)) expect(count, `seed ${seed}`).toBeGreaterThan(10);
});
