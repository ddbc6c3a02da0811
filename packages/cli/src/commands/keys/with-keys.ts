import type { Database } from '@atelier/server';
import type { OptionSpec } from '../../options.ts';
import type { CommandContext } from '../command.ts';
import { readStoreChoice } from '../serve/database-choice.ts';
import { readEnvFile } from '../serve/read-env-file.ts';
import { storeOptions } from '../serve/serve-options.ts';
import { withDatabase } from '../serve/with-database.ts';

export const keyOptions: readonly OptionSpec[] = storeOptions;

/** Opens the tables that the keys are in, lends them, and closes them. */
export async function withKeys<Value>(
  context: CommandContext,
  work: (server: typeof import('@atelier/server'), database: Database) => Promise<Value>,
): Promise<Value> {
  const env = await readEnvFile(context.io.env);
  const choice = readStoreChoice(context.args, env);
  return await withDatabase(context, choice, async ({ url }) => {
    const server = await import('@atelier/server');
    const database = await server.openDatabase(url, { poolSize: 1 });
    try {
      return await work(server, database);
    } finally {
      await database.close();
    }
  });
}
