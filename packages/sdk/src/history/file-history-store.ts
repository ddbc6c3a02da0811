import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AtelierError } from '../errors/atelier-error.ts';
import { safeName } from '../storage/safe-name.ts';
import { wholeFileWriter } from '../storage/whole-file-writer.ts';
import { isMissing } from '../storage/write-file-whole.ts';
import { conflict } from './check-revision.ts';
import type { HistoryStore } from './history-store.ts';
import { type SessionRecord, sessionRecordSchema } from './session-record.ts';

/**
 * Keeps each session as JSON, one file a revision: `FOLDER/SCOPE/ID/REVISION.json`. The file of a revision can be made only
 * once, which is what makes saves safe from any number of processes; older revisions are deleted, the latest two stay.
 * A process that is killed leaves the revision before or the new one; unfinished files lie in `FOLDER/.writing` until swept.
 */
export function fileHistoryStore(folder: string): HistoryStore {
  const writer = wholeFileWriter(folder);
  const folderOf = (scope: string, id: string) => join(folder, safeName('scope', scope), safeName('session id', id));
  return {
    load: (scope, id) => loadLatest(folderOf(scope, id)),
    async save(scope, record) {
      const session = folderOf(scope, record.id);
      const revisions = await listRevisions(session);
      const latest = revisions.at(-1) ?? 0;
      if (record.revision !== latest + 1) throw conflict(record, latest + 1);
      const text = `${JSON.stringify(record)}\n`;
      const path = fileOf(session, record.revision);
      if (!(await writer.writeNew(path, text))) throw conflict(record, latest + 2);
      // Of a revision that others have left two behind, the file is gone: whoever slept meanwhile could make it again.
      const newest = (await listRevisions(session)).at(-1) ?? 0;
      if (newest >= record.revision + 2) {
        await rm(path, { force: true });
        throw conflict(record, newest + 1);
      }
      for (const old of revisions.slice(0, -1)) await rm(fileOf(session, old), { force: true });
    },
  };
}

const fileOf = (session: string, revision: number) => join(session, `${String(revision).padStart(8, '0')}.json`);

async function listRevisions(session: string): Promise<number[]> {
  const names = await readdir(session).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  return names.flatMap((name) => (/^\d{8}\.json$/.test(name) ? [Number.parseInt(name, 10)] : [])).sort((a, b) => a - b);
}

async function loadLatest(session: string): Promise<SessionRecord | undefined> {
  for (;;) {
    const latest = (await listRevisions(session)).at(-1);
    if (latest === undefined) return undefined;
    const path = fileOf(session, latest);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    // It was the latest, and two newer ones came while we looked: look again.
    if (text !== undefined) return parseRecord(text, path);
  }
}

function parseRecord(text: string, path: string): SessionRecord {
  try {
    return sessionRecordSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `${path} does not hold a session this version can read.`,
      hint: 'Move the file away to go on from the revision before it.',
      cause,
    });
  }
}
