import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AssetStore, HistoryStore } from '@atelier/sdk';
import { notWritable } from '../files/not-writable.ts';
import type { PictureSource } from '../files/picture-source.ts';
import type { Io } from '../io.ts';
import { suggest } from '../suggest.ts';
import { printable } from '../terminal/printable.ts';
import { UsageError } from '../usage-error.ts';

/** The SDK's default: nobody shares a folder of sessions with other tenants on a command line. */
const scope = 'default';

/** Sessions kept as files. */
export interface SessionFolder {
  /** As the person would write it. */
  readonly shown: string;
  readonly stores: { readonly assets: AssetStore; readonly history: HistoryStore };
}

/** Throws `UsageError` for what cannot name a folder. */
export function checkSessionName(name: string): void {
  if (/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/.test(name)) return;
  throw new UsageError(
    `--session cannot be "${printable(name)}"`,
    'use letters a to z, digits, dots, dashes and underscores, for example --session tea',
  );
}

/** `.atelier` in the current folder, or the folder that `ATELIER_DIR` names. Nothing is made yet. */
export async function openSessionFolder(env: Io['env']): Promise<SessionFolder> {
  const shown = env.ATELIER_DIR?.trim() || '.atelier';
  const { fileAssetStore, fileHistoryStore } = await import('@atelier/sdk');
  const stores = { assets: fileAssetStore(join(shown, 'assets')), history: fileHistoryStore(sessionsIn(shown)) };
  return { shown, stores };
}

/** Makes the folder where it is missing. Throws `output-not-writable`. */
export async function makeSessionFolder({ shown }: SessionFolder): Promise<void> {
  try {
    await mkdir(sessionsIn(shown), { recursive: true });
    await mkdir(join(shown, 'assets'), { recursive: true });
  } catch (cause) {
    const system = cause instanceof Error ? cause.message.split(',')[0] : String(cause);
    throw notWritable(shown, { system, cause }, 'Name a folder for sessions with ATELIER_DIR.');
  }
}

/** The picture that a stored session shows. Throws `UsageError` where there is no such session. */
export async function sessionPicture({ shown, stores }: SessionFolder, name: string): Promise<PictureSource> {
  const record = await stores.history.load(scope, name);
  if (record === undefined) throw await unknownSession(shown, name);
  const image = record.images.find(({ id }) => id === record.current);
  if (image) return { image, name, file: undefined };
  throw new UsageError(
    `the session ${name} has no picture yet`,
    `give it one: atelier edit PHOTO "..." --session ${name}`,
  );
}

async function unknownSession(folder: string, name: string): Promise<UsageError> {
  const known = await readdir(join(sessionsIn(folder), scope)).catch(() => []);
  const meant = suggest(name, known);
  const begin = `begin it with a photo: atelier edit PHOTO "..." --session ${name}`;
  return new UsageError(
    `there is no session "${name}" in ${printable(folder)}`,
    meant ? `did you mean ${meant}? Or ${begin}` : begin,
  );
}

const sessionsIn = (folder: string): string => join(folder, 'sessions');
