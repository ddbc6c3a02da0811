import { availableParallelism } from 'node:os';
import { AtelierError } from '@atelier/sdk/errors';
import { Job, type RunOptions } from './job.ts';
import { PoolThread } from './pool-thread.ts';
import type { TaskName } from './tasks.ts';
import { type WorkerEntry, workerEntry } from './worker-entry.ts';

export type { RunOptions } from './job.ts';

/** Runs tasks in worker threads. Idle threads do not keep the process alive. */
export interface WorkerPool<Name extends string = TaskName> {
  /**
   * Queues a job, first in, first out. Rejects with the signal's reason when aborted, with the AtelierError that the
   * task threw, or with `backend-failed` (retryable when the thread died under it).
   */
  run<Input, Output>(task: Name, input: Input, options?: RunOptions): Promise<Output>;
  /** Ends all threads; whatever ran or waited rejects with `cancelled`. A later `run` starts again. */
  close(): Promise<void>;
}

export type RunTask = WorkerPool['run'];

interface WorkerPoolOptions {
  /** Most threads at a time. Default: one less than the processors available, at least 1. Example: `{ size: 2 }`. */
  readonly size?: number;
}

/** A pool of the local backend's tasks. No thread exists before the first `run`. */
export function createWorkerPool(options: WorkerPoolOptions = {}): WorkerPool {
  return createPool<TaskName>({ ...options, entry: workerEntry() });
}

/** The pool behind `createWorkerPool`, over any entry that calls `serveTasks`. */
export function createPool<Name extends string>(options: WorkerPoolOptions & { entry: WorkerEntry }): WorkerPool<Name> {
  const size = options.size ?? Math.max(1, availableParallelism() - 1);
  if (!Number.isInteger(size) || size < 1) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `A pool cannot have ${size} threads.`,
      hint: 'Give `size` as a whole number of 1 or more, or leave it out.',
    });
  }
  return new Pool<Name>(size, options.entry);
}

class Pool<Name extends string> implements WorkerPool<Name> {
  readonly #size: number;
  readonly #entry: WorkerEntry;
  readonly #threads = new Set<PoolThread>();
  #queue: Job[] = [];

  constructor(size: number, entry: WorkerEntry) {
    this.#size = size;
    this.#entry = entry;
  }

  async run<Input, Output>(task: Name, input: Input, options: RunOptions = {}): Promise<Output> {
    options.signal?.throwIfAborted();
    const job = new Job(task, input, options, (aborted) => this.#drop(aborted));
    this.#queue.push(job);
    this.#dispatch();
    // The pair of types is the task's contract, which the registry does not know.
    return (await job.result) as Output;
  }

  async close(): Promise<void> {
    const threads = [...this.#threads];
    const jobs = [...threads.flatMap(({ job }) => job ?? []), ...this.#queue];
    this.#queue = [];
    for (const job of jobs) {
      job.reject(
        new AtelierError({ code: 'cancelled', message: `The local backend was closed during "${job.task}".` }),
      );
    }
    await Promise.all(threads.map((thread) => thread.stop()));
  }

  #dispatch(): void {
    for (let next = this.#queue[0]; next; next = this.#queue[0]) {
      const thread = this.#threadFor(next);
      if (!thread) return;
      this.#queue.shift();
      thread.start(next);
    }
  }

  /** A thread that has the task's model, else any idle one, else a new one: models cost more memory than waiting costs time. */
  #threadFor(job: Job): PoolThread | undefined {
    const idle = [...this.#threads].filter((thread) => !thread.job);
    const known = idle.find((thread) => thread.loaded.has(job.task)) ?? idle[0];
    if (known) return known;
    return this.#threads.size < this.#size ? this.#startThread() : undefined;
  }

  #startThread(): PoolThread {
    const thread = new PoolThread(this.#entry, {
      onIdle: () => this.#dispatch(),
      onGone: (gone) => {
        this.#threads.delete(gone);
        this.#dispatch();
      },
    });
    this.#threads.add(thread);
    return thread;
  }

  #drop(job: Job): void {
    this.#queue = this.#queue.filter((queued) => queued !== job);
    for (const thread of this.#threads) if (thread.job === job) void thread.stop();
  }
}
