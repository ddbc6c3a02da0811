import { AtelierError } from '@atelier/sdk/errors';
import { createRoute, z } from '@hono/zod-openapi';
import type { Principal } from '../auth/principal.ts';
import { readJson } from '../http/json-body.ts';
import type { AppContext, AtelierHono } from '../http/route-context.ts';
import { errorResponses, imageInfoSchema } from '../http/schemas.ts';
import { imageInfo } from './image-info.ts';
import { assetIdParam, formWithImage, imageQuerySchema, imageReferenceSchema } from './image-schemas.ts';
import { type ImageRequest, takeImage, unknownImage } from './intake.ts';
import { registerImageList } from './list-images.ts';
import { isMultipart, readMultipart } from './multipart.ts';
import { type PreviewRequest, previewFormat, previewKey, previewOf } from './preview.ts';
import { notModified, type SentFile, sendFile } from './send-file.ts';

const uploadSchema = z.object({ image: imageReferenceSchema }).openapi('ImageUpload');

const upload = createRoute({
  method: 'post',
  path: '/images',
  tags: ['Images'],
  summary: 'Store a picture',
  description: 'As multipart/form-data (a file named `image`), as the bytes themselves (`image/png` ...), or as JSON.',
  request: {
    body: {
      content: {
        'application/json': { schema: uploadSchema },
        ...formWithImage(),
        'image/*': { schema: { type: 'string', format: 'binary' } },
      },
    },
  },
  responses: {
    201: {
      description: 'The stored picture. Equal pictures have equal ids.',
      headers: { Location: { schema: { type: 'string' }, description: 'Path of the picture.' } },
      content: { 'application/json': { schema: imageInfoSchema } },
    },
    ...errorResponses,
  },
});

const binary = { schema: { type: 'string' as const, format: 'binary' } };

const fileResponses = {
  200: { description: 'The file, or its preview.', content: { 'image/*': binary, 'application/json': binary } },
  206: { description: 'The part of the file that `Range` asks for.', content: { 'image/*': binary } },
  304: { description: 'The caller has it already: `If-None-Match` names its ETag.' },
  416: { description: 'The range begins behind the end of the file.' },
  ...errorResponses,
};

const download = createRoute({
  method: 'get',
  path: '/images/{id}',
  tags: ['Images'],
  summary: 'A picture, a mask (COCO RLE), or a preview',
  description: 'With a key, or by a signed URL without one. Takes `If-None-Match`, `Range` and `If-Range`.',
  request: { params: assetIdParam, query: imageQuerySchema },
  responses: fileResponses,
});

/** POST and GET /images, GET and HEAD /images/{id}. */
export function registerImageRoutes(app: AtelierHono): void {
  app.openapi(upload, async (c) => {
    const input = await uploadedImage(c);
    const stored = await takeImage(c.get('services'), c.get('principal').tenant, input, c.req.raw.signal);
    return c.json(imageInfo(c, stored), 201, { Location: `/images/${stored.id}` });
  });
  registerImageList(app);
  app.openapi(download, (c) => sendImage(c, c.req.valid('param').id, c.req.valid('query').w));
  // Requests with HEAD are led to the route above by the framework; this is for the document alone.
  app.openAPIRegistry.registerPath({ ...download, method: 'head', summary: 'What GET would answer, without the file' });
}

async function uploadedImage(c: AppContext): Promise<ImageRequest> {
  const { maxImageBytes } = c.get('services').settings.limits;
  const type = c.req.header('content-type') ?? '';
  if (/^application\/([\w.-]+\+)?json\b/i.test(type)) return { reference: (await readJson(c, uploadSchema)).image };
  if (!isMultipart(c.req.raw.headers)) return { bytes: new Uint8Array(await c.req.raw.arrayBuffer()) };
  const { image } = await readMultipart(c.req.raw, { maxImageBytes });
  if (image) return image;
  throw new AtelierError({
    code: 'invalid-input',
    message: 'The form has no picture.',
    hint: 'Send it as a file named image: curl -F image=@photo.jpg.',
  });
}

async function sendImage(c: AppContext, id: string, width: number | undefined): Promise<Response> {
  const services = c.get('services');
  const { tenant, kind } = reader(c, id);
  // Each width is another preview to make: whoever was shown a URL may not have thousands of them made.
  if (kind === 'url') await services.limits.take({ tenant, kind, id: c.env?.address ?? 'unknown' }, 1);
  if (!/^(img|mask)_[0-9a-f]{32}$/.test(id)) throw unknownImage(id);
  const format = previewFormat(c.req.header('accept') ?? null);
  const tag = width === undefined ? id : previewKey(id, { width, format });
  const known = notModified(c.req.raw, tag);
  // Where the file itself is not read, it is asked for: what is known to the caller or kept as a preview may be gone.
  if ((known || width !== undefined) && !(await services.assets.has(tenant, id))) throw unknownImage(id);
  const response =
    known ?? sendFile(c.req.raw, await openFile(c, tenant, id, width === undefined ? undefined : { width, format }));
  // A signed URL is made to be shown in pages of any origin; what a key opens is not.
  if (kind === 'url') response.headers.set('cross-origin-resource-policy', 'cross-origin');
  return response;
}

/** Who may read: the bearer of a signed URL, where one is signed, or whoever the key stands for. Throws `access-denied`. */
function reader(c: AppContext, id: string): Principal {
  const query = new URL(c.req.url).searchParams;
  if (!query.has('signature')) return c.get('principal');
  const signed = c.get('services').signer.readImagePath(id, query);
  if (signed) return signed;
  throw new AtelierError({
    code: 'access-denied',
    message: 'This picture URL is not valid, or not any more.',
    hint: 'Ask for the job or the picture again: answers have fresh URLs.',
  });
}

async function openFile(
  c: AppContext,
  tenant: string,
  id: string,
  preview: PreviewRequest | undefined,
): Promise<SentFile> {
  if (preview) return previewFile(c, tenant, id, preview);
  const file = await c.get('services').assets.get(tenant, id);
  if (!file) throw unknownImage(id);
  return { ...file, tag: id, name: `${id}.${extensionOf(file.mediaType)}` };
}

async function previewFile(c: AppContext, tenant: string, id: string, request: PreviewRequest): Promise<SentFile> {
  if (!id.startsWith('img_')) {
    throw new AtelierError({ code: 'invalid-input', message: 'A mask has no preview.', hint: 'Leave out w.' });
  }
  const preview = await previewOf(c.get('services'), tenant, id, request, c.req.raw.signal);
  const name = `${id}-${request.width}.${extensionOf(preview.mediaType)}`;
  return { ...preview, tag: previewKey(id, request), name, varies: true };
}

const extensions: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'application/json': 'json' };

const extensionOf = (mediaType: string): string =>
  extensions[mediaType] ?? /^image\/(png|webp|avif|gif)$/.exec(mediaType)?.[1] ?? 'bin';
