import type { Studio } from '@atelier/sdk';
import type { Change, PictureInfo } from '../../workshop/workshop.ts';
import type { Slots } from './slots.ts';

export interface InProcessJobsOptions {
  /** One tenant's. Opened when first needed. */
  readonly studio: () => Promise<Studio>;
  /** One tenant's, shared by processes: they can show, answer and cancel one another's jobs. Undefined: memory only. */
  readonly folder: string | undefined;
  /** Which tool calls wait for a person's yes, where a job does not say. */
  readonly approve: 'edits' | 'never';
  /** The session of a job that names none; undefined: a new one. */
  readonly sessionOf: (image: string | undefined) => Promise<string | undefined>;
  /** Told what a job showed, so that later calls find its session. */
  readonly seen: (
    ids: { readonly images?: readonly PictureInfo[] | undefined; readonly edits?: readonly string[] | undefined },
    session: string,
  ) => Promise<void>;
  readonly changed: (change: Change) => void;
  /** Of all tenants of this process together. Default: no limit beside the tenant's own. */
  readonly slots?: Slots | undefined;
  /** Milliseconds since 1970: when questions expire and jobs are forgotten. Default: the clock. */
  readonly now?: (() => number) | undefined;
  readonly timing?: Partial<JobTiming> | undefined;
}

/** Milliseconds. */
export interface JobTiming {
  /** How often a job at work looks for answers and cancel marks, and a watcher at a job of another process. */
  readonly pollMs: number;
  /** How often a process that has jobs at work says that it lives. */
  readonly beatMs: number;
  /** Silence after which a process is taken for dead, once it has stayed silent through another beat. */
  readonly silenceMs: number;
  /** How long a question waits for its answer. */
  readonly questionMs: number;
  /** How long ended jobs are kept. */
  readonly keepMs: number;
}

export const defaultTiming: JobTiming = {
  pollMs: 250,
  beatMs: 2000,
  silenceMs: 15_000,
  questionMs: 15 * 60_000,
  keepMs: 24 * 3_600_000,
};

/** Jobs of one tenant at work at once; those that wait for a person do not count. */
export const mostAtWork = 2;

/** The same for all tenants of one process together. */
export const mostAtWorkOfAll = 4;

/** Jobs of one process that have not ended. */
export const mostUnfinished = 100;
