import { fileAssetStore, type Studio } from '@atelier/sdk';
import { pino } from 'pino';
import { Gauge, Registry } from 'prom-client';
import { createAuthenticator } from './auth/authenticator.ts';
import { createSigner } from './auth/signer.ts';
import { type Database, openDatabase } from './database/database.ts';
import { Engine } from './engine/engine.ts';
import { postgresHistoryStore } from './history/postgres-history-store.ts';
import { createHttpApp, type RequestInfo } from './http/app.ts';
import { trackedAssets } from './images/tracked-assets.ts';
import { createJobService } from './jobs/postgres-job-service.ts';
import { createRateLimits } from './limits/rate-limits.ts';
import type { AgentOptions } from './options.ts';
import { startCleanUp } from './retention/start-clean-up.ts';
import type { Services } from './services.ts';
import { readSettings } from './settings.ts';
import { createStudios } from './studios.ts';

/** The agent behind HTTP. */
export interface AgentApp {
  /**
   * Answers any request: a web-standard handler for Hono, Next.js, Express, Bun, Deno. The first request opens the database,
   * if `ready` was not waited for.
   */
  fetch(request: Request, info?: RequestInfo): Promise<Response>;
  /** Resolves once the database is open, its tables are there and, in a worker, jobs are taken. Rejects where that fails; asking again tries again. */
  ready(): Promise<void>;
  /** What the routes work with, for hosts that add their own. */
  services(): Promise<Services>;
  /**
   * Takes no more jobs, gives those at work time to end (default 10 seconds), leaves the rest to other workers or the next
   * start, and frees connections. The studio stays open: it is yours.
   */
  close(options?: { readonly graceSeconds?: number | undefined }): Promise<void>;
}

interface Opened {
  readonly services: Services;
  readonly http: ReturnType<typeof createHttpApp>;
  close(graceSeconds: number): Promise<void>;
}

/**
 * Puts a studio behind HTTP, with durable jobs on Postgres. Throws `invalid-input` for options out of range.
 * @example const app = createAgentApp(studio, { databaseUrl: process.env.DATABASE_URL }); export const POST = app.fetch;
 */
export function createAgentApp(studio: Studio, options: AgentOptions): AgentApp {
  const settings = readSettings(options);
  let opened: Promise<Opened> | undefined;
  let isClosed = false;
  const open = (): Promise<Opened> => {
    opened ??= openApp(studio, options, settings).catch((error: unknown) => {
      // Postgres may be there the next time.
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    fetch: async (request, info) => (await open()).http.fetch(request, info),
    ready: async () => void (await open()),
    services: async () => (await open()).services,
    async close({ graceSeconds = 10 } = {}) {
      if (isClosed || !opened) return;
      isClosed = true;
      await (await opened).close(graceSeconds);
    },
  };
}

async function openApp(studio: Studio, options: AgentOptions, settings: Services['settings']): Promise<Opened> {
  const logger = options.logger ?? pino({ enabled: false });
  const database = await openDatabase(options.databaseUrl, { logger, poolSize: 10 + settings.jobs.perWorker });
  const closing: (() => unknown)[] = [];
  try {
    const store = options.assets ?? fileAssetStore('.atelier/assets');
    const assets = trackedAssets(store, database);
    const studioOf = createStudios(studio, { assets, history: postgresHistoryStore(database), settings });
    const jobs = createJobService(database, settings.jobs);
    closing.push(() => jobs.close());
    const metrics = new Registry();
    let engine: Engine | undefined;
    if (settings.jobs.worker) {
      engine = await Engine.start({ database, settings: settings.jobs, studioOf, logger });
      const cleaning = startCleanUp(database, store, { days: settings.jobs.retentionDays, logger });
      closing.push(() => cleaning.close());
    }
    addMetrics(metrics, database, () => engine?.atWork ?? 0);
    const services: Services = {
      settings,
      database,
      jobs,
      auth: createAuthenticator(database, options.auth),
      signer: await createSigner(database, options.secret),
      limits: createRateLimits(settings.limits),
      assets,
      studioOf,
      logger,
      metrics,
      missing: () => missing(database),
    };
    return {
      services,
      http: createHttpApp(services),
      async close(graceSeconds) {
        await engine?.close(graceSeconds);
        for (const close of closing.reverse()) await close();
        await database.close();
      },
    };
  } catch (error) {
    for (const close of closing.reverse()) await close();
    await database.close();
    throw error;
  }
}

async function missing(database: Database): Promise<readonly string[]> {
  try {
    const [row] = await database.query<{ slots: number }>(
      `SELECT coalesce(sum(slots), 0)::int AS slots FROM atelier.workers WHERE seen_at > clock_timestamp() - interval '1 minute'`,
    );
    return row?.slots ? [] : ['No worker takes jobs: start a process with jobs: { worker: true }.'];
  } catch {
    return ['The database does not answer.'];
  }
}

function addMetrics(registry: Registry, database: Database, atWork: () => number): void {
  new Gauge({
    name: 'atelier_jobs',
    help: 'Jobs by state, over all processes; ended ones as long as they are kept.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const rows = await database.query<{ state: string; jobs: number }>(
        'SELECT state, count(*)::int AS jobs FROM atelier.jobs GROUP BY state',
      );
      this.reset();
      for (const { state, jobs } of rows) this.set({ state }, jobs);
    },
  });
  new Gauge({
    name: 'atelier_jobs_at_work_here',
    help: 'Jobs at work in this process.',
    registers: [registry],
    collect() {
      this.set(atWork());
    },
  });
}
