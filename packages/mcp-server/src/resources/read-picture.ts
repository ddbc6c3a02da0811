import { AtelierError } from '@atelier/sdk/errors';
import type { ResourceAccess } from './access.ts';
import { rememberFile } from './known-files.ts';
import { previewUri } from './uris.ts';

/** What `resources/read` sends of a picture. */
export interface PictureContents {
  /** Base64. */
  readonly blob: string;
  readonly mimeType: string;
}

/** The full file. Throws `not-found`; `response-too-large` above `settings.resourceBytes`, with other ways to it. */
export async function readPicture(access: ResourceAccess, id: string, signal?: AbortSignal): Promise<PictureContents> {
  const { workshop, settings } = access;
  const { bytes, mediaType } = await workshop.file(id, { signal });
  rememberFile(workshop, id, { size: bytes.length, mimeType: mediaType });
  if (bytes.length > settings.resourceBytes) throw await tooLarge(access, id, bytes.length);
  return { blob: base64(bytes), mimeType: mediaType };
}

/** A small copy. Throws `not-found`. */
export async function readPreview(
  { workshop }: ResourceAccess,
  id: string,
  signal?: AbortSignal,
): Promise<PictureContents> {
  const { bytes, mediaType } = await workshop.preview(id, { signal });
  return { blob: base64(bytes), mimeType: mediaType };
}

async function tooLarge({ settings, principal }: ResourceAccess, id: string, bytes: number): Promise<AtelierError> {
  const ways = [`Read ${previewUri(id)} for a small copy.`];
  if (settings.uploads)
    ways.push(`Fetch the file from ${await settings.uploads.download(principal.scope, id)} (for a while).`);
  if (settings.output !== undefined) ways.push('Or write it to a file with the tool save_image.');
  return new AtelierError({
    code: 'response-too-large',
    message: `The file has ${megabytes(bytes)}; at most ${megabytes(settings.resourceBytes)} are sent this way.`,
    hint: ways.join(' '),
    details: { bytes, limit: settings.resourceBytes },
  });
}

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
