import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { atelier, type Backend, fileAssetStore, type Image } from '@atelier/sdk';
import { pino } from 'pino';
import { Engine } from '../engine/engine.ts';
import { postgresHistoryStore } from '../history/postgres-history-store.ts';
import type { JobEvent } from '../jobs/events.ts';
import type { JobRecord, JobRequest } from '../jobs/job.ts';
import { createJobService } from '../jobs/postgres-job-service.ts';
import type { JobOptions } from '../options.ts';
import { readSettings } from '../settings.ts';
import { createStudios } from '../studios.ts';
import { slowBackend } from './five-steps/backend.ts';
import { fiveStepBrain } from './five-steps/brain.ts';
import { numberedPicture } from './five-steps/picture.ts';
import { freshDatabase } from './fresh-database.ts';

export interface TestEngineOptions {
  readonly jobs?: JobOptions | undefined;
  readonly backend?: Backend | undefined;
  readonly brain?: LanguageModelV4 | undefined;
}

/** Jobs and a worker on a database of their own, without HTTP. */
export async function testEngine(server: string, { jobs: options, backend, brain }: TestEngineOptions = {}) {
  const fresh = await freshDatabase(server);
  const folder = await mkdtemp(join(tmpdir(), 'atelier-engine-'));
  const { database } = fresh;
  const settings = readSettings({ databaseUrl: fresh.url, ...(options ? { jobs: options } : {}) });
  const assetFolder = join(folder, 'assets');
  const assets = fileAssetStore(assetFolder);
  const studio = atelier({ backends: [backend ?? slowBackend({ time: 5 })], brain: brain ?? fiveStepBrain() });
  const studioOf = createStudios(studio, { assets, history: postgresHistoryStore(database), settings });
  const jobs = createJobService(database, settings.jobs);
  const logger = pino({ level: process.env.LOG ?? 'silent' });
  const start = () => Engine.start({ database, settings: settings.jobs, studioOf, logger });
  const pictures = new Map<number, Promise<Image>>();
  const store = async (tenant: string, number: number) => studioOf(tenant).vision.load(await numberedPicture(number));
  let made = 0;
  return {
    ...fresh,
    assets: assetFolder,
    jobs,
    studioOf,
    start,
    /** A job of a session of its own, unless it is named. */
    async create(tenant: string, prompt: string, request: Partial<JobRequest> = {}): Promise<JobRecord> {
      const picture = await (pictures.get(0) ?? store(tenant, 0));
      // load() alone keeps nothing.
      await studioOf(tenant).session({ image: picture }).image();
      const { job } = await jobs.create(tenant, {
        requestHash: 'test',
        request: {
          prompt,
          session: `session_${made++}`,
          image: picture.id,
          language: 'en',
          approve: 'never',
          deadlineSeconds: 60,
          ...request,
        },
      });
      return job;
    },
    /** All events of a job, once it has ended. */
    async events(tenant: string, id: string): Promise<readonly JobEvent[]> {
      const events: JobEvent[] = [];
      for await (const event of jobs.events(tenant, id, {})) events.push(event);
      return events;
    },
    async end(): Promise<void> {
      jobs.close();
      await fresh.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
