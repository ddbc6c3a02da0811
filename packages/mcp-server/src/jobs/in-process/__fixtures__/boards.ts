import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { local, planner } from '@atelier/local';
import { atelier, fileAssetStore, fileHistoryStore, type Studio } from '@atelier/sdk';
import type { Change, PictureInfo } from '../../../workshop/workshop.ts';
import { type InProcessJobs, type InProcessJobsOptions, inProcessJobs } from '../in-process-jobs.ts';

export const photo = (name: string): Promise<Buffer> =>
  readFile(new URL(`../../../../../../photos/${name}`, import.meta.url));

/** A studio that works, with the built-in planner; over a folder where one is given. */
export const openStudio = (folder?: string): Studio =>
  atelier({
    backends: [local({ threads: 1 })],
    brain: planner(),
    ...(folder === undefined
      ? {}
      : { assets: fileAssetStore(join(folder, 'assets')), history: fileHistoryStore(join(folder, 'sessions')) }),
  });

export interface TestBoard {
  readonly jobs: InProcessJobs;
  readonly changes: Change[];
  /** What the board told it saw, by session. */
  readonly seen: {
    readonly session: string;
    readonly images: readonly PictureInfo[];
    readonly edits: readonly string[];
  }[];
}

/** A board over a studio, quick to look. */
export function openBoard(studio: Studio, options: Partial<InProcessJobsOptions> = {}): TestBoard {
  const changes: Change[] = [];
  const seen: TestBoard['seen'] = [];
  const jobs = inProcessJobs({
    studio: async () => studio,
    folder: undefined,
    approve: 'never',
    sessionOf: async () => undefined,
    seen: async ({ images = [], edits = [] }, session) => {
      seen.push({ session, images, edits });
    },
    changed: (change) => changes.push(change),
    ...options,
    timing: { pollMs: 20, ...options.timing },
  });
  return { jobs, changes, seen };
}

export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'atelier-jobs-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Stores a photograph as the current picture of a session, and returns its id. */
export async function show(studio: Studio, session: string, name: string): Promise<string> {
  return (await studio.session({ id: session }).addImage(await photo(name))).id;
}
