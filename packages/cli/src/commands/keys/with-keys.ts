import { resolve } from 'node:path';
import type { Database } from '@atelier/server';
import type { OptionSpec } from '../../options.ts';
import { SetupError } from '../../setup-error.ts';
import type { CommandContext } from '../command.ts';
import { readStoreChoice, type StoreChoice } from '../serve/database-choice.ts';
import { readEnvFile } from '../serve/read-env-file.ts';
import { storeOptions } from '../serve/serve-options.ts';
import { withDatabase } from '../serve/with-database.ts';
import { serveWordsIn } from '../serve/words.ts';

export const keyOptions: readonly OptionSpec[] = storeOptions;

/** What commands about keys work with. */
export interface Keys {
  readonly server: typeof import('@atelier/server');
  readonly database: Database;
  /** Where the keys are: an absolute folder. */
  readonly store: StoreChoice;
  /** For people: which Postgres it is. */
  readonly shown: string;
}

/**
 * Opens the tables that the keys are in, lends them, and closes them. Throws `database-missing` where there is no database in the
 * folder and none may be made.
 */
export async function withKeys<Value>(
  context: CommandContext,
  { makes }: { readonly makes: boolean },
  work: (keys: Keys) => Promise<Value>,
): Promise<Value> {
  const choice = readStoreChoice(context.args, await readEnvFile(context.io.env));
  const store = { ...choice, folder: resolve(choice.folder) };
  if (!makes) await checkDatabase(context, store);
  return await withDatabase(context, store, async ({ url, shown }) => {
    const server = await import('@atelier/server');
    const database = await server.openDatabase(url, { poolSize: 1 });
    try {
      return await work({ server, database, store, shown });
    } finally {
      await database.close();
    }
  });
}

/** A folder that was mistyped must not get a database that nobody asked for. */
async function checkDatabase({ language }: CommandContext, { databaseUrl, folder }: StoreChoice): Promise<void> {
  if (databaseUrl !== undefined) return;
  const { hasEmbeddedPostgres } = await import('@atelier/server/node');
  if (await hasEmbeddedPostgres(folder)) return;
  const words = serveWordsIn(language);
  throw new SetupError({
    code: 'database-missing',
    message: words.noDatabase(folder),
    hint: words.noDatabaseHint,
    details: { folder },
  });
}
