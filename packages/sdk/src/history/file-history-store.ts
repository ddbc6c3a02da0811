import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AtelierError } from '../errors/atelier-error.ts';
import { safeName } from '../storage/safe-name.ts';
import { isMissing, writeFileWhole } from '../storage/write-file-whole.ts';
import { checkRevision } from './check-revision.ts';
import type { HistoryStore } from './history-store.ts';
import { type SessionRecord, sessionRecordSchema } from './session-record.ts';

/** Keeps each session as one JSON file, `FOLDER/SCOPE/ID.json`, replaced whole at every save. */
export function fileHistoryStore(folder: string): HistoryStore {
  const pathOf = (scope: string, id: string) =>
    join(folder, safeName('scope', scope), `${safeName('session id', id)}.json`);
  const load = async (scope: string, id: string): Promise<SessionRecord | undefined> => {
    const path = pathOf(scope, id);
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    return text === undefined ? undefined : parseRecord(text, path);
  };
  return {
    load,
    async save(scope, record) {
      checkRevision(await load(scope, record.id), record);
      await writeFileWhole(pathOf(scope, record.id), `${JSON.stringify(record)}\n`);
    },
  };
}

function parseRecord(text: string, path: string): SessionRecord {
  try {
    return sessionRecordSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `${path} does not hold a session this version can read.`,
      hint: 'Move the file away to start anew.',
      cause,
    });
  }
}
