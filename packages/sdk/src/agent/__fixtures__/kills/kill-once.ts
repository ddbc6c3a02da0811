import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Library } from '../../../assets/library.ts';
import type { SessionRecord } from '../../../history/session-record.ts';
import { openSession, perform, smallPicture } from '../history-commands.ts';
import { seededNumbers } from './numbers.ts';
import { storesIn } from './stores.ts';

const childFile = fileURLToPath(new URL('./child.ts', import.meta.url));

export interface KillOptions {
  /** Where the stores are; kept from kill to kill. */
  readonly folder: string;
  readonly session: string;
  readonly seed: number;
  /** Compiled code is kept here, so that children start fast. */
  readonly cache: string;
}

/** What was found after one kill; `faults` is empty where all is as promised. */
export interface KillOutcome {
  readonly faults: readonly string[];
  /** Revisions that the child was told are saved. */
  readonly saves: number;
  readonly edits: number;
  /** Files that were being written. */
  readonly unfinished: number;
}

/** A child lives for at most so many saves, and so many milliseconds more, about as long as one takes. */
const mostSaves = 3;
const longestWait = 30;

/** Starts a process that keeps saving edits, kills it at a moment that follows from the seed, and looks at what is left. */
export async function killOnce(options: KillOptions): Promise<KillOutcome> {
  const before = await storesIn(options.folder).history.load('default', options.session);
  const told = await runAndKill(options);
  const acknowledged = savesIn(told);
  const faults = await inspect(options, acknowledged.at(-1), before);
  const after = await storesIn(options.folder).history.load('default', options.session);
  const unfinished = await unfinishedFiles(options.folder);
  return { faults, saves: acknowledged.length, edits: after?.edits.length ?? 0, unfinished: unfinished.length };
}

async function runAndKill({ folder, session, seed, cache }: KillOptions): Promise<string> {
  const child = spawn(execPath, [childFile, folder, session, String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: cache, VIPS_CONCURRENCY: '1' },
  });
  const random = seededNumbers(seed + 1);
  const lives = random(mostSaves + 1);
  let told = '';
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      told += text;
      if (savesIn(told).length >= lives) resolve();
    });
  });
  const closed = once(child, 'close');
  await Promise.race([ready, closed]);
  await pause(random(longestWait));
  child.kill('SIGKILL');
  await closed;
  return told;
}

/** What the child was told is saved, a line each; the last one may be cut off. */
const savesIn = (told: string): string[] =>
  told
    .split('\n')
    .slice(0, -1)
    .filter((line) => /^\d/.test(line));

/** Everything that must hold after a kill, whatever the moment. */
async function inspect(
  { folder, session, seed }: KillOptions,
  last: string | undefined,
  before: SessionRecord | undefined,
): Promise<string[]> {
  const stores = storesIn(folder);
  const record = await stores.history.load('default', session).catch((error: unknown) => String(error));
  if (typeof record === 'string') return [`the history cannot be read: ${record}`];
  const faults: string[] = [];
  const [revision, head, current] = last?.split(' ') ?? [before?.revision ?? 0, before?.head, before?.current];
  const found = record?.revision ?? 0;
  // A save may have been done whose word did not get out any more.
  if (found !== Number(revision) && found !== Number(revision) + 1) {
    faults.push(`revision ${found} is stored, ${revision} was acknowledged last`);
  }
  if (record && found === Number(revision) && (String(record.head) !== String(head) || record.current !== current)) {
    faults.push(`revision ${found} is not what was acknowledged`);
  }
  const library = new Library(stores.assets, 'default');
  faults.push(...(await halfAssets(folder, library)));
  if (!record) return faults;
  faults.push(...(await missingAssets(library, record)));
  // The next child goes on as well; here it is known what on top of.
  if (seed % 3 === 0) faults.push(...(await goesOn(folder, session, record)));
  return faults;
}

async function missingAssets(library: Library, record: SessionRecord): Promise<string[]> {
  const text = JSON.stringify({ ...record, messages: [] });
  return damaged(library, new Set(text.match(/\b(?:img|mask)_[0-9a-f]{32}\b/g)));
}

/** Files that were looked at after an earlier kill: nothing is written over them. */
const checkedFiles = new Set<string>();

/** A half of a picture under its id would be taken for the picture by whoever makes it again. */
async function halfAssets(folder: string, library: Library): Promise<string[]> {
  const inScope = join(folder, 'assets', 'default');
  const names = await readdir(inScope).catch(() => []);
  const fresh = names.filter((name) => !checkedFiles.has(join(inScope, name)));
  for (const name of fresh) checkedFiles.add(join(inScope, name));
  return damaged(
    library,
    fresh.map((name) => name.replace(/\..*$/, '')),
  );
}

/** Both ways of reading check that what is stored under an id hashes to it. */
async function damaged(library: Library, ids: Iterable<string>): Promise<string[]> {
  const faults: string[] = [];
  for (const id of ids) {
    const read: Promise<unknown> = id.startsWith('img_') ? library.getImage(id) : library.getMask(id);
    await read.catch((error: unknown) => faults.push(`${id}: ${String(error)}`));
  }
  return faults;
}

/** A later process edits on, on top of what is there, and takes that back. */
async function goesOn(folder: string, id: string, record: SessionRecord): Promise<string[]> {
  const session = openSession(id, storesIn(folder), await smallPicture());
  const { told } = await perform(session, { kind: 'edit', attempt: 8 });
  const stored = await storesIn(folder).history.load('default', id);
  if (!stored || stored.revision <= record.revision) return [`no later process can go on: ${told}`];
  const [node] = stored.edits.filter((edit) => edit.id === stored.head);
  if (node?.parent !== record.head) return ['a later edit does not rest on what was there'];
  await session.undo();
  return (await session.image())?.id === record.current ? [] : ['a later edit cannot be undone'];
}

/** What killed writers left behind. */
export async function unfinishedFiles(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  return all.filter((name) => name.endsWith('.tmp')).map((name) => join(folder, name));
}

/** Fills the compile cache. */
export async function warm(cache: string): Promise<void> {
  await once(
    spawn(execPath, [childFile], { stdio: 'inherit', env: { ...process.env, NODE_COMPILE_CACHE: cache } }),
    'close',
  );
}
