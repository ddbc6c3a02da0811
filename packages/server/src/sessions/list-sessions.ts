import type { SessionRecord } from '@atelier/sdk';
import { createRoute, z } from '@hono/zod-openapi';
import type { Database } from '../database/database.ts';
import type { AtelierHono } from '../http/route-context.ts';
import { errorResponses, nextSchema, pageQuery } from '../http/schemas.ts';
import { readCursor, writeCursor } from '../jobs/list-cursor.ts';
import { sessionEntrySchema } from './session-schemas.ts';
import { sessionImage } from './session-view.ts';

const querySchema = z.object({
  ...pageQuery(20),
  knows: z
    .string()
    .regex(/^(img|edit)_[0-9a-f]{32}$/)
    .optional()
    .openapi({ description: 'Only those that know this picture or edit, the one where it was last seen first.' }),
});

const listSessions = createRoute({
  method: 'get',
  path: '/sessions',
  tags: ['Sessions'],
  summary: 'Your sessions, the last used first',
  request: { query: querySchema },
  responses: {
    200: {
      description: 'A page.',
      content: {
        'application/json': {
          schema: z.object({ sessions: z.array(sessionEntrySchema), next: nextSchema }).openapi('SessionPage'),
        },
      },
    },
    ...errorResponses,
  },
});

/** GET /sessions. */
export function registerSessionList(app: AtelierHono): void {
  app.openapi(listSessions, async (c) => {
    const { sessions, next } = await list(c.get('services').database, c.get('principal').tenant, c.req.valid('query'));
    const entries = sessions.map(({ id, current, head, edits, usedAt }) => ({
      id,
      current: current && sessionImage(c, current),
      head,
      edits,
      usedAt: usedAt.toISOString(),
    }));
    return c.json({ sessions: entries, next }, 200);
  });
}

interface SessionRow extends Pick<SessionRecord, 'id' | 'head'> {
  readonly current: SessionRecord['images'][number] | null;
  readonly edits: number;
  readonly usedAt: Date;
  readonly position: string;
}

/** Where rows come from, and the time that they are ordered by. */
const all = { from: 'atelier.sessions WHERE tenant = $1', at: 'updated_at' };
const knowing = {
  from: `atelier.session_items AS known JOIN atelier.sessions AS s ON s.tenant = known.tenant AND s.id = known.session
     WHERE known.tenant = $1 AND known.item = $5`,
  at: 'known.seen_at',
};

async function list(database: Database, tenant: string, query: z.output<typeof querySchema>) {
  const { limit, cursor, knows } = query;
  const [before, beforeId] = cursor === undefined ? [null, null] : readCursor(cursor);
  const { from, at } = knows === undefined ? all : knowing;
  const rows = await database.query<SessionRow>(
    `SELECT id, record->>'head' AS head, jsonb_array_length(record->'edits') AS edits,
       updated_at AS "usedAt", ${at}::text AS position,
       jsonb_path_query_first(record, '$.images[*] ? (@.id == $current)', jsonb_build_object('current', record->'current')) AS current
     FROM ${from}
       AND ($2::timestamptz IS NULL OR (${at}, id) < ($2::timestamptz, $3::text))
     ORDER BY ${at} DESC, id DESC LIMIT $4`,
    [tenant, before, beforeId, limit + 1, ...(knows === undefined ? [] : [knows])],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { sessions: page, next: rows.length > limit && last ? writeCursor(last.position, last.id) : null };
}
