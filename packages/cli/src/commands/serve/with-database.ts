import { resolve } from 'node:path';
import type { CommandContext } from '../command.ts';
import type { StoreChoice } from './database-choice.ts';
import { serveWordsIn } from './words.ts';

/** The Postgres that was chosen. */
export interface OpenedDatabase {
  readonly url: string;
  /** For people, without the password. */
  readonly shown: string;
}

/** Starts the embedded Postgres, or joins it, where none was named; lends it, and stops it when its last user has left. */
export async function withDatabase<Value>(
  context: CommandContext,
  { folder, databaseUrl }: StoreChoice,
  work: (database: OpenedDatabase) => Promise<Value>,
): Promise<Value> {
  if (databaseUrl !== undefined) return work({ url: databaseUrl, shown: withoutPassword(databaseUrl) });
  const words = serveWordsIn(context.language);
  context.progress.update(words.startingPostgres);
  const { startEmbeddedPostgres } = await import('@atelier/server/node');
  const postgres = await startEmbeddedPostgres({ folder });
  try {
    context.io.signal.throwIfAborted();
    return await work({
      url: postgres.url,
      shown: words.embedded(shownFolder(folder, postgres.folder), postgres.owned),
    });
  } finally {
    await postgres.stop();
  }
}

/** As it was written, unless the data had to go elsewhere. */
const shownFolder = (wanted: string, actual: string): string => (resolve(wanted) === actual ? wanted : actual);

function withoutPassword(text: string): string {
  const { host, pathname } = new URL(text);
  return `${host}${pathname}`;
}
