import type { IncomingMessage, ServerResponse } from 'node:http';
import { AtelierError } from '@atelier/sdk/errors';
import type { PictureInfo, Workshops } from '../../workshop/workshop.ts';
import { readBody } from '../read-body.ts';
import type { SignedUrls, UploadGrant } from './signed-urls.ts';

/** Uploads that one process takes at once: each is held in memory. */
const mostAtOnce = 8;

export type TakeUpload = (token: string, request: IncomingMessage, response: ServerResponse) => Promise<PictureInfo>;

/**
 * Takes the picture of one upload URL. Throws `not-found` for a URL that is none of ours or is over, `conflict` for one that was
 * used, `request-too-large`, `image-invalid`, `image-too-large`, `server-unavailable` while too many come at once. Of what failed
 * nothing is kept, and the same URL can be tried again.
 */
export function uploadTaker(urls: SignedUrls, workshops: Workshops): TakeUpload {
  let atWork = 0;
  return async (token, request, response) => {
    const grant = urls.readUpload(token);
    if (!grant || grant.expiresAt <= urls.now()) throw unknownUrl();
    if (atWork >= mostAtOnce) throw tooMany();
    atWork += 1;
    try {
      return await once(urls, grant, () => take(grant, workshops, request, response));
    } finally {
      atWork -= 1;
    }
  };
}

async function once<Result>({ nonces }: SignedUrls, grant: UploadGrant, work: () => Promise<Result>): Promise<Result> {
  const { nonce, expiresAt } = grant;
  if (!(await nonces.consume(nonce, expiresAt))) throw usedUrl();
  try {
    return await work();
  } catch (error) {
    await nonces.release(nonce, expiresAt);
    throw error;
  }
}

async function take(
  { principal, maxBytes }: UploadGrant,
  workshops: Workshops,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<PictureInfo> {
  const bytes = await readBody(request, response, maxBytes);
  const gone = new AbortController();
  const stop = (): void => gone.abort();
  response.once('close', stop);
  try {
    const { id, width, height } = await workshops.of(principal).takeBytes(bytes, { signal: gone.signal });
    return { id, width, height };
  } finally {
    response.off('close', stop);
  }
}

const unknownUrl = (): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: 'This upload URL does not work, or not any more.',
    hint: 'Make a new one with create_upload; it works for ten minutes.',
  });

const usedUrl = (): AtelierError =>
  new AtelierError({
    code: 'conflict',
    message: 'This upload URL was used already.',
    hint: 'Each takes one picture: make a new one with create_upload.',
  });

const tooMany = (): AtelierError =>
  new AtelierError({
    code: 'server-unavailable',
    message: 'Too many pictures are being uploaded at the moment.',
    hint: 'Try again in a few seconds.',
    isRetryable: true,
  });
