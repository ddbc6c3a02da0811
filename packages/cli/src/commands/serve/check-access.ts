import { SetupError } from '../../setup-error.ts';
import { isLoopback } from '../triton/up/up-options.ts';
import type { ServeChoice } from './serve-choice.ts';
import type { ServeWords } from './words.ts';

/** Throws `key-missing` where other machines would get in without being asked who they are, or nobody at all. */
export async function checkAccess(databaseUrl: string, { host, app }: ServeChoice, words: ServeWords): Promise<void> {
  if (isLoopback(host) || app.jwt) return;
  const { listApiKeys, openDatabase } = await import('@atelier/server');
  const database = await openDatabase(databaseUrl, { poolSize: 1 });
  const keys = await listApiKeys(database).finally(() => database.close());
  const now = Date.now();
  if (keys.some((key) => key.revokedAt === null && (key.expiresAt?.getTime() ?? now + 1) > now)) return;
  throw new SetupError({
    code: 'key-missing',
    message: words.notOpenToAll(host),
    hint: words.notOpenToAllHint,
    details: { host },
  });
}
