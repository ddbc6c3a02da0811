import type { IncomingMessage, ServerResponse } from 'node:http';
import { AtelierError } from '@atelier/sdk/errors';
import type { Workshops } from '../../workshop/workshop.ts';
import type { SignedUrls } from './signed-urls.ts';

/** Kinds of pictures that browsers show and run nothing of; any other is sent as bytes. */
const extensions: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/heic': 'heic',
  'image/tiff': 'tiff',
};

export type SendFile = (
  image: string,
  token: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<void>;

/** Sends the file of one download URL. Throws `not-found`, in the same words for what is not there, not signed, or over. */
export function fileSender(urls: SignedUrls, workshops: Workshops): SendFile {
  return async (image, token, request, response) => {
    const grant = token === undefined ? undefined : urls.readDownload(image, token);
    const leftMs = grant ? grant.expiresAt - urls.now() : 0;
    if (!grant || leftMs <= 0) throw unknownFile();
    // The id is a hash of the content: what a cache keeps is never out of date.
    const kept = { etag: `"${image}"`, 'cache-control': `private, max-age=${Math.floor(leftMs / 1000)}, immutable` };
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const file = await workshops.of(grant.principal).file(image, { signal: gone.signal });
    if (isKept(request.headers['if-none-match'], kept.etag)) {
      response.writeHead(304, kept).end();
      return;
    }
    const extension = extensions[file.mediaType];
    response.writeHead(200, {
      ...kept,
      'content-type': extension === undefined ? 'application/octet-stream' : file.mediaType,
      'content-length': String(file.bytes.length),
      'content-disposition': `attachment; filename="${image}.${extension ?? 'bin'}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      // Whoever has the URL may show it, on any page.
      'cross-origin-resource-policy': 'cross-origin',
    });
    response.end(request.method === 'HEAD' ? undefined : file.bytes);
  };
}

const isKept = (asked: string | undefined, etag: string): boolean =>
  (asked ?? '').split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);

const unknownFile = (): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: 'This URL of a picture does not work, or not any more.',
    hint: 'Ask the tool again, or read the resource atelier://images/ID.',
  });
