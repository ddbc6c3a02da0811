import { createRoute, z } from '@hono/zod-openapi';
import type { Database } from '../database/database.ts';
import type { AtelierHono } from '../http/route-context.ts';
import { errorResponses, imageInfoSchema, nextSchema, pageQuery } from '../http/schemas.ts';
import { readCursor, writeCursor } from '../jobs/list-cursor.ts';
import { imageInfo } from './image-info.ts';
import type { StoredImage } from './intake.ts';

const querySchema = z.object({
  ...pageQuery(50),
  prefix: z
    .string()
    .regex(/^[a-z0-9_]{0,36}$/)
    .optional()
    .openapi({ description: 'What ids begin with: for completions.', example: 'img_9f' }),
});

const listImages = createRoute({
  method: 'get',
  path: '/images',
  tags: ['Images'],
  summary: 'Your pictures, newest first',
  description: 'Those that were sent, loaded or made; not the numbered copies that questions show.',
  request: { query: querySchema },
  responses: {
    200: {
      description: 'A page.',
      content: {
        'application/json': {
          schema: z.object({ images: z.array(imageInfoSchema), next: nextSchema }).openapi('ImagePage'),
        },
      },
    },
    ...errorResponses,
  },
});

/** GET /images. */
export function registerImageList(app: AtelierHono): void {
  app.openapi(listImages, async (c) => {
    const { images, next } = await list(c.get('services').database, c.get('principal').tenant, c.req.valid('query'));
    return c.json({ images: images.map((image) => imageInfo(c, image)), next }, 200);
  });
}

interface PictureRow extends StoredImage {
  readonly position: string;
}

async function list(database: Database, tenant: string, query: z.output<typeof querySchema>) {
  const { limit, cursor, prefix = '' } = query;
  const [before, beforeId] = cursor === undefined ? [null, null] : readCursor(cursor);
  // The assets are asked too: what was deleted from the store is no picture any more.
  const rows = await database.query<PictureRow>(
    `SELECT id, width, height, media_type AS "mediaType", bytes::int, seen_at::text AS position
     FROM atelier.pictures JOIN atelier.assets USING (tenant, id)
     WHERE tenant = $1 AND ($2::text = '' OR (id ~>=~ $2 AND id ~<~ ($2 || '~')))
       AND ($3::timestamptz IS NULL OR (seen_at, id) < ($3::timestamptz, $4::text))
     ORDER BY seen_at DESC, id DESC LIMIT $5`,
    [tenant, prefix, before, beforeId, limit + 1],
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { images: page, next: rows.length > limit && last ? writeCursor(last.position, last.id) : null };
}

/** Lists a picture that came in, or puts it in front again. */
export async function notePicture(
  database: Database,
  tenant: string,
  { id, width, height }: StoredImage,
): Promise<void> {
  await database.query(
    `INSERT INTO atelier.pictures (tenant, id, width, height) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant, id) DO UPDATE SET seen_at = now()`,
    [tenant, id, width, height],
  );
}
