import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AtelierError } from '@atelier/sdk/errors';
import { DBOS, Error as DbosErrors, WorkflowQueue } from '@dbos-inc/dbos-sdk';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import { locks } from '../database/locks.ts';
import { onlyOne } from '../database/only-one.ts';
import { dbosLogger } from './dbos-logger.ts';

const queueName = 'atelier';
/** Steps of jobs that were begun under another one are not gone on with: raised when the loop works in other steps. */
export const stepsVersion = 'atelier-steps-1';
/** Our own limit comes first and tells why. */
const mostRecoveries = 1_000_000;
/** Milliseconds between looks for jobs that were released. */
const pollEvery = 100;

/** Runs a job in this process; `left` where another one is to go on with it. */
type RunJob = (id: string) => Promise<'ended' | 'left'>;

// DBOS is one in each process: what it runs is registered once, before it is launched.
let current: RunJob | undefined;
let queue: WorkflowQueue | undefined;
const workflow = DBOS.registerWorkflow(
  async (id: string): Promise<void> => {
    if ((await current?.(id)) !== 'ended') throw new DbosErrors.DBOSWorkflowCancelledError(id);
  },
  { name: 'atelier-job', maxRecoveryAttempts: mostRecoveries },
);

export interface DurableQueueOptions {
  readonly database: Database;
  readonly logger: Logger;
  readonly slots: number;
  readonly runJob: RunJob;
}

/** The queue and the record of steps: DBOS, as this package uses it. */
export interface DurableQueue {
  /** This process, among the workers. */
  readonly worker: string;
  /** How many jobs are taken at once; 0: no more. */
  setSlots(slots: number): void;
  /** Puts a job in, once, however often it is called. */
  enqueue(id: string): Promise<void>;
  /** Has jobs that nobody works on any more gone on with. */
  resume(ids: readonly string[]): Promise<void>;
  /** Waits for the jobs at work in this process and ends. */
  close(): Promise<void>;
}

/** Throws `conflict` where this process has one already. */
export async function openDurableQueue({
  database,
  logger,
  slots,
  runJob,
}: DurableQueueOptions): Promise<DurableQueue> {
  if (current) throw oneInEachProcess();
  current = runJob;
  const worker = `worker_${randomBytes(8).toString('hex')}`;
  queue ??= new WorkflowQueue(queueName, { workerConcurrency: slots, minPollingIntervalMs: pollEvery });
  queue.workerConcurrency = slots;
  const taken = queue;
  DBOS.setConfig({
    name: 'atelier',
    systemDatabaseUrl: database.url,
    applicationVersion: stepsVersion,
    executorID: worker,
    runAdminServer: false,
    logger: dbosLogger(logger),
  });
  try {
    // Of several processes on a new database one makes DBOS's tables, which it does not see to itself.
    const launch = () => DBOS.launch().then(() => true);
    // Tried again and not waited for: DBOS makes indexes concurrently, which waits for every statement at work, one that waits too.
    while (!(await onlyOne(database.url, { lock: locks.launch }, launch))) await delay(50);
  } catch (error) {
    current = undefined;
    throw error;
  }
  return {
    worker,
    setSlots(next) {
      taken.workerConcurrency = next;
    },
    async enqueue(id) {
      await DBOS.startWorkflow(workflow, { workflowID: id, queueName })(id);
    },
    async resume(ids) {
      if (ids.length > 0) await DBOS.resumeWorkflows([...ids], { queueName });
    },
    async close() {
      await DBOS.shutdown();
      current = undefined;
    },
  };
}

const oneInEachProcess = (): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: 'This process works on jobs already.',
    hint: 'Close the other app first, or create this one with jobs: { worker: false }.',
  });
