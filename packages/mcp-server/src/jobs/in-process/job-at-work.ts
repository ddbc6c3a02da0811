import { isEnded } from '../job-board.ts';
import type { JobRecord, Settled } from './job-record.ts';
import type { JobStore } from './job-store.ts';

/** Why a job is to stop: somebody cancelled it, or its process ends. */
export type StopReason = 'cancelled' | 'closed';

/** A job that this process works on, or is going to. */
export class JobAtWork {
  /** Fires when it is to stop. */
  readonly signal: AbortSignal;
  #record: JobRecord;
  #version = 0;
  #stopReason: StopReason | undefined;
  #waiting: { readonly question: string; readonly hear: (settled: Settled) => void } | undefined;
  #saving: Promise<void> | undefined;
  #isDirty = false;
  readonly #stop = new AbortController();
  readonly #watchers = new Set<() => void>();
  readonly #store: JobStore;
  readonly #onChange: () => void;

  constructor(record: JobRecord, store: JobStore, onChange: () => void) {
    this.#record = record;
    this.#store = store;
    this.#onChange = onChange;
    this.signal = this.#stop.signal;
  }

  get record(): JobRecord {
    return this.#record;
  }

  /** Counts changes. */
  get version(): number {
    return this.#version;
  }

  get stopReason(): StopReason | undefined {
    return this.#stopReason;
  }

  /** Changes what others see, and has it stored. Nothing changes a job that has ended. */
  update(patch: Partial<JobRecord>): void {
    if (isEnded(this.#record)) return;
    const entries = Object.entries(patch);
    if (entries.every(([key, value]) => Reflect.get(this.#record, key) === value)) return;
    this.#record = { ...this.#record, ...patch };
    this.#version++;
    for (const wake of [...this.#watchers]) wake();
    this.#onChange();
    // Kept in memory where it cannot be stored; `save` says so to those who must know.
    this.save().catch(() => {});
  }

  /** Until everything so far is stored. */
  save(): Promise<void> {
    this.#isDirty = true;
    this.#saving ??= this.#saveAll();
    return this.#saving;
  }

  /** The job as it is and as others can see it: nobody acts on what another process, which acts next, knows nothing of. */
  async storedRecord(): Promise<JobRecord> {
    while (this.#saving) await this.#saving.catch(() => {});
    return this.#record;
  }

  /** Until it differs from that version, the time is over or the signal fires. */
  async changesAfter(version: number, milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#version !== version || signal?.aborted) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.#watchers.delete(end);
        signal?.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(milliseconds, 2 ** 31 - 1)).unref();
      this.#watchers.add(end);
      signal?.addEventListener('abort', end, { once: true });
    });
  }

  stop(reason: StopReason): void {
    if (this.#stopReason !== undefined || isEnded(this.#record)) return;
    this.#stopReason = reason;
    this.#stop.abort();
  }

  /** What becomes of a question; null where it is to stop meanwhile. */
  async hear(question: string): Promise<Settled> {
    if (this.signal.aborted) return null;
    return new Promise((resolve) => {
      const end = () => this.tell(question, null);
      const hear = (settled: Settled) => {
        this.signal.removeEventListener('abort', end);
        resolve(settled);
      };
      this.#waiting = { question, hear };
      this.signal.addEventListener('abort', end, { once: true });
    });
  }

  /** Goes on with what became of a question. False where it does not wait for it any more. */
  tell(question: string, settled: Settled): boolean {
    if (this.#waiting?.question !== question) return false;
    const { hear } = this.#waiting;
    this.#waiting = undefined;
    const isStopping = this.signal.aborted;
    if (!isStopping) {
      const answers = { ...this.#record.answers, [question]: settled };
      this.update({ state: 'running', question: null, answers });
    }
    hear(settled);
    return !isStopping;
  }

  async #saveAll(): Promise<void> {
    try {
      while (this.#isDirty) {
        this.#isDirty = false;
        await this.#store.write(this.#record);
      }
    } finally {
      // In the same turn as the last look, so that no change falls between.
      this.#saving = undefined;
    }
  }
}
