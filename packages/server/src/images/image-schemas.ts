import { z } from '@hono/zod-openapi';

/** A picture as JSON requests name it. */
export const imageReferenceSchema = z.string().min(1).openapi({
  description: 'Id of a stored picture, a data: URL, or an http(s) URL that this server is allowed to fetch.',
  example: 'img_9f86d081884c7d659a2feaa0c55ad015',
});

/** What `GET /images/{id}` takes: its own id, and the parts of a signed URL. */
export const imageQuerySchema = z.object({
  w: z.coerce
    .number()
    .int()
    .min(16)
    .max(2048)
    .optional()
    .openapi({ description: 'Width of a preview in pixels, as WebP or JPEG; a narrower picture is not enlarged.' }),
  tenant: z.string().optional().openapi({ description: 'Of a signed URL.' }),
  expires: z.string().optional().openapi({ description: 'Of a signed URL.' }),
  signature: z.string().optional().openapi({ description: 'Of a signed URL.' }),
});

/** Any string is asked for, and what is no id is not found. */
export const assetIdParam = z.object({
  id: z.string().openapi({
    param: { name: 'id', in: 'path' },
    description: 'Id of a picture or a mask.',
    example: 'img_9f86d081884c7d659a2feaa0c55ad015',
  }),
});

/** The parts of a form: a plain schema, since the form is read by `readMultipart` and not by the framework. */
export const formWithImage = (fields: Record<string, object> = {}) => ({
  'multipart/form-data': {
    schema: {
      type: 'object' as const,
      properties: { image: { type: 'string' as const, format: 'binary', description: 'The picture file.' }, ...fields },
    },
  },
});
