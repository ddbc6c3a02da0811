import { fileAssetStore, type Studio } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { createAuthenticator } from './auth/authenticator.ts';
import { createSigner } from './auth/signer.ts';
import { type Database, openDatabase } from './database/database.ts';
import { Engine } from './engine/engine.ts';
import { postgresHistoryStore } from './history/postgres-history-store.ts';
import { createHttpApp, type RequestInfo } from './http/app.ts';
import { bareProblem } from './http/bare-problem.ts';
import { type StoreCheck, storeCheck } from './images/store-check.ts';
import { trackedAssets } from './images/tracked-assets.ts';
import { addJobMetrics } from './jobs/job-metrics.ts';
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
  /** Takes no more jobs, and gives those at work time to end (default 10 seconds). Requests are still answered. */
  drain(options?: { readonly graceSeconds?: number | undefined }): Promise<void>;
  /**
   * Takes no more jobs, gives those at work time to end (default 10 seconds), leaves the rest to other workers or the next
   * start, and frees connections. The studio stays open: it is yours.
   */
  close(options?: { readonly graceSeconds?: number | undefined }): Promise<void>;
}

interface Opened {
  readonly services: Services;
  readonly http: ReturnType<typeof createHttpApp>;
  drain(graceSeconds: number): Promise<void>;
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
  const open = async (): Promise<Opened> => {
    if (isClosed) throw closed();
    opened ??= openApp(studio, options, settings).catch((error: unknown) => {
      // Postgres may be there the next time.
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return {
    async fetch(request, info) {
      try {
        return await (await open()).http.fetch(request, info);
      } catch (error) {
        // What is wrong with its options is for whoever runs it, not for whoever calls it.
        const isAway = AtelierError.isInstance(error) && error.code === 'server-unavailable';
        return bareProblem(
          isAway ? error : new Error('The app could not be opened.', { cause: error }),
          options.logger,
        );
      }
    },
    ready: async () => void (await open()),
    services: async () => (await open()).services,
    async drain({ graceSeconds = 10 } = {}) {
      if (!isClosed && opened) await (await opened).drain(graceSeconds);
    },
    async close({ graceSeconds = 10 } = {}) {
      if (isClosed) return;
      isClosed = true;
      // One that cannot be opened has nothing to close.
      const app = await opened?.catch(() => undefined);
      await app?.close(graceSeconds);
    },
  };
}

const closed = (): AtelierError =>
  new AtelierError({
    code: 'server-unavailable',
    message: 'The server is going away.',
    hint: 'Try again in a moment.',
  });

async function openApp(studio: Studio, options: AgentOptions, settings: Services['settings']): Promise<Opened> {
  const logger = options.logger ?? pino({ enabled: false });
  const poolSize = 10 + (settings.jobs.worker ? settings.jobs.perWorker : 0);
  const database = await openDatabase(options.databaseUrl, { logger, poolSize });
  const closing: (() => unknown)[] = [() => database.close()];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const store = options.assets ?? fileAssetStore('.atelier/assets');
    const check = storeCheck(store, logger);
    closing.push(() => check.settled());
    // Not waited for: what is wrong goes to the log, and to /readyz.
    void check.problem();
    const assets = trackedAssets(store, database);
    const studioOf = createStudios(studio, { assets, history: postgresHistoryStore(database), settings });
    const jobs = createJobService(database, settings.jobs);
    closing.push(() => jobs.close());
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
      metrics: new Registry(),
      missing: () => missing(database, check),
    };
    const http = createHttpApp(services);
    // Last: from here on jobs are taken.
    const engine = settings.jobs.worker
      ? await Engine.start({ database, settings: settings.jobs, studioOf, logger })
      : undefined;
    let grace = 0;
    closing.push(() => engine?.close(grace));
    if (engine) {
      const cleaning = startCleanUp(database, store, { days: settings.jobs.retentionDays, logger });
      closing.push(() => cleaning.close());
    }
    addJobMetrics(services.metrics, database, () => engine?.atWork ?? 0);
    return {
      services,
      http,
      drain: async (graceSeconds) => engine?.drain(graceSeconds),
      async close(graceSeconds) {
        grace = graceSeconds;
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function missing(database: Database, store: StoreCheck): Promise<readonly string[]> {
  const problems = await Promise.all([missingWorkers(database), store.problem()]);
  return problems.filter((problem) => problem !== undefined);
}

async function missingWorkers(database: Database): Promise<string | undefined> {
  try {
    const [row] = await database.query<{ slots: number }>(
      `SELECT coalesce(sum(slots), 0)::int AS slots FROM atelier.workers WHERE seen_at > clock_timestamp() - interval '1 minute'`,
    );
    return row?.slots
      ? undefined
      : 'No worker takes jobs: start one (atelier serve without --no-worker; jobs: { worker: true } in code).';
  } catch {
    return 'The database does not answer.';
  }
}
