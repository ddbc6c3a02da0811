import type { ApiKeyInfo } from '@atelier/server';
import { SetupError } from '../../setup-error.ts';
import { createKeyLine } from './create-key-line.ts';
import { reachOf } from './reach.ts';
import type { ServeChoice } from './serve-choice.ts';
import type { ServeWords } from './words.ts';

/** Whether a key still opens anything. */
export const isActive = ({ revokedAt, expiresAt }: ApiKeyInfo): boolean =>
  revokedAt === null && (expiresAt === null || expiresAt.getTime() > Date.now());

/**
 * Whether there is a key or token that opens anything. Throws `key-missing` where there is none and others than programs of this
 * machine would come: everybody would be let in without being asked, or nobody at all.
 */
export async function checkAccess(databaseUrl: string, choice: ServeChoice, words: ServeWords): Promise<boolean> {
  if (choice.app.jwt) return true;
  const { listApiKeys, openDatabase } = await import('@atelier/server');
  const database = await openDatabase(databaseUrl, { poolSize: 1 });
  const keys = await listApiKeys(database).finally(() => database.close());
  if (keys.some(isActive)) return true;
  const reach = reachOf(choice);
  if (!reach) return false;
  throw new SetupError({
    code: 'key-missing',
    message: (keys.length === 0 ? words.notOpenToAll : words.openToNobody)(reach.name),
    hint: words.notOpenToAllHint(createKeyLine(choice.store), reach.setting),
    details: { host: reach.name },
  });
}
