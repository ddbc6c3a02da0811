import type { Database } from '../database/database.ts';

const batch = 200;

/**
 * Deletes sessions last used before the given time, unless a job of theirs is active. The rows are locked first and jobs are
 * looked for afterwards, so that whoever marks a session as used while this runs either keeps it or finds it gone.
 */
export async function deleteSessions(database: Database, before: Date, signal: AbortSignal): Promise<number> {
  let deleted = 0;
  let after: SessionRow | undefined;
  while (!signal.aborted) {
    const done = await database.transaction(async (client) => {
      const { rows } = await client.query<SessionRow>(lockSessions, [
        before,
        batch,
        after?.tenant ?? '',
        after?.id ?? '',
      ]);
      if (rows.length === 0) return undefined;
      const names = [rows.map(({ tenant }) => tenant), rows.map(({ id }) => id)];
      const { rowCount } = await client.query(deleteIdle, names);
      return { last: rows.at(-1), count: rowCount ?? 0 };
    });
    if (!done) break;
    after = done.last;
    deleted += done.count;
  }
  return deleted;
}

interface SessionRow {
  readonly tenant: string;
  readonly id: string;
}

const lockSessions = `
  SELECT tenant, id FROM atelier.sessions
  WHERE updated_at < $1 AND (tenant, id) > ($3, $4)
  ORDER BY tenant, id LIMIT $2 FOR UPDATE SKIP LOCKED`;

const deleteIdle = `
  DELETE FROM atelier.sessions s USING unnest($1::text[], $2::text[]) AS old (tenant, id)
  WHERE s.tenant = old.tenant AND s.id = old.id AND NOT EXISTS (
    SELECT FROM atelier.jobs j
    WHERE j.tenant = s.tenant AND j.session = s.id AND j.state IN ('queued', 'running', 'waiting'))`;

/**
 * Deletes API keys that were revoked or had expired before the given time, but for the latest of all: a server that is open
 * without keys must not become open because the last one went.
 */
export async function deleteKeys(database: Database, before: Date, signal: AbortSignal): Promise<number> {
  if (signal.aborted) return 0;
  const deleted = await database.query(
    `DELETE FROM atelier.api_keys WHERE (revoked_at < $1 OR expires_at < $1)
       AND id <> (SELECT id FROM atelier.api_keys ORDER BY created_at DESC, id DESC LIMIT 1)
     RETURNING id`,
    [before],
  );
  return deleted.length;
}
