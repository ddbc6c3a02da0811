import { Worker } from 'node:worker_threads';
import type { Job } from './job.ts';
import type { JobMessage, ThreadMessage } from './protocol.ts';
import { crashError, unpackError } from './unpack-error.ts';
import type { WorkerEntry } from './worker-entry.ts';

/** What a thread tells its pool. */
interface ThreadOwner {
  /** The job was settled and the thread can take another. */
  onIdle(thread: PoolThread): void;
  /** The thread is gone, by its own doing or by `stop`. Called once. */
  onGone(thread: PoolThread): void;
}

/** One worker thread with at most one job. Keeps the process alive only while it has one. */
export class PoolThread {
  /** Tasks whose models this thread has loaded. */
  readonly loaded = new Set<string>();
  readonly #worker: Worker;
  readonly #owner: ThreadOwner;
  #job: Job | undefined;
  #gone = false;

  constructor(entry: WorkerEntry, owner: ThreadOwner) {
    this.#owner = owner;
    this.#worker = new Worker(entry.url, {
      name: 'atelier-local',
      execArgv: [...entry.execArgv],
      resourceLimits: { maxOldGenerationSizeMb: entry.heapLimit },
    });
    this.#worker.on('message', (message: ThreadMessage) => this.#receive(message));
    this.#worker.on('messageerror', (error) => this.#crash(error));
    this.#worker.on('error', (error) => this.#crash(error));
    this.#worker.on('exit', (code) => this.#crash(new Error(`it exited with code ${code}`)));
    this.#worker.unref();
  }

  get job(): Job | undefined {
    return this.#job;
  }

  start(job: Job): void {
    this.#job = job;
    const message: JobMessage = { task: job.task, input: job.input };
    try {
      this.#worker.postMessage(message, job.transfer);
    } catch (error) {
      // The input cannot be cloned or a buffer was already handed over: the caller's mistake, the thread is fine.
      this.#finish(() => job.reject(error));
      return;
    }
    this.loaded.add(job.task);
    this.#worker.ref();
  }

  /** Ends the thread, running code included; does not settle its job. */
  async stop(): Promise<void> {
    this.#leave();
    await this.#worker.terminate();
  }

  #receive(message: ThreadMessage): void {
    const job = this.#job;
    if (!job || this.#gone) return;
    if (message.type === 'done') this.#finish(() => job.resolve(message.output));
    else if (message.type === 'failed') this.#finish(() => job.reject(unpackError(message.error, job.task)));
    else this.#report(job, message.fraction);
  }

  #report(job: Job, fraction: number): void {
    try {
      job.report(fraction);
    } catch (error) {
      // The caller's own listener threw: the run fails with that, and its work is not worth finishing.
      job.reject(error);
      void this.stop();
    }
  }

  #finish(settle: () => void): void {
    this.#job = undefined;
    this.#worker.unref();
    settle();
    this.#owner.onIdle(this);
  }

  #crash(error: unknown): void {
    const job = this.#job;
    job?.reject(crashError(job.task, error));
    // After an error event the thread is ending anyway; after a messageerror it is not, and would never be idle again.
    if (!this.#gone) void this.stop();
  }

  #leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#job = undefined;
    this.#owner.onGone(this);
  }
}
