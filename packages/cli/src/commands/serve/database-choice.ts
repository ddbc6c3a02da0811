import type { Io } from '../../io.ts';
import type { Arguments } from '../../options.ts';
import { UsageError } from '../../usage-error.ts';

/** Where the agent API keeps things. */
export interface StoreChoice {
  /** As the person would write it. */
  readonly folder: string;
  /** Undefined: the embedded Postgres in the folder. */
  readonly databaseUrl: string | undefined;
}

/** Throws `UsageError`; never repeats the URL, which may hold a password. */
export function readStoreChoice(args: Arguments, env: Io['env']): StoreChoice {
  const written = args.get('database');
  const databaseUrl = written ?? (env.DATABASE_URL?.trim() || undefined);
  if (databaseUrl !== undefined && !/^postgres(ql)?:$/.test(URL.parse(databaseUrl)?.protocol ?? '')) {
    throw new UsageError(
      `${written === undefined ? 'DATABASE_URL' : '--database'} is no address of a Postgres`,
      'for example postgres://user:password@host:5432/name',
    );
  }
  return { folder: args.get('data') ?? (env.ATELIER_DIR?.trim() || '.atelier'), databaseUrl };
}
