import type { Database } from '../database/database.ts';

/** The session in which a picture or an edit was last seen. One step in an index, however many sessions know it. */
export async function lastSeenIn(
  database: Database,
  tenant: string,
  item: string | undefined,
): Promise<string | undefined> {
  // Postgres has no NUL in text.
  if (item === undefined || item.includes('\0')) return undefined;
  const [row] = await database.query<{ session: string }>(
    'SELECT session FROM atelier.session_items WHERE tenant = $1 AND item = $2 ORDER BY seen_at DESC LIMIT 1',
    [tenant, item],
  );
  return row?.session;
}

/** Marks a picture as seen in a session just now. What the session does not know yet is noted when it is saved. */
export async function noteSight(
  database: Database,
  tenant: string,
  session: string,
  image: string | undefined,
): Promise<void> {
  if (image === undefined) return;
  await database.query(
    'UPDATE atelier.session_items SET seen_at = now() WHERE tenant = $1 AND session = $2 AND item = $3',
    [tenant, session, image],
  );
}
