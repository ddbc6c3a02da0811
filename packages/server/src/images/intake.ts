import { createHash } from 'node:crypto';
import { AtelierError } from '@atelier/sdk/errors';
import { decodeImage, encodeImage, type Image, isImageId, type ReadPolicy, readImageBytes } from '@atelier/sdk/image';
import type { Services } from '../services.ts';
import { createLine, type Line } from './line.ts';
import { notePicture } from './list-images.ts';
import { orCancelled } from './or-cancelled.ts';
import { perServices } from './per-services.ts';

/** A picture as a request brings it: its file, or where it is (an image id of the tenant, a data URL, an allowed web address). */
export type ImageRequest = { readonly bytes: Uint8Array } | { readonly reference: string };

/** A picture that is stored for the tenant. */
export interface StoredImage {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly mediaType: string;
  /** Size of the stored file. */
  readonly bytes: number;
}

/** How long a picture may take to come from the web. */
const downloadMs = 15_000;
/** Pictures whose sizes are remembered. */
const mostRemembered = 10_000;

interface Intake {
  /** A picture of 50 megapixels is 200 MB while it is decoded. */
  readonly line: Line;
  /** By tenant and id, or tenant and the file's hash, what was stored or decoded once: hashes of contents stay true. */
  readonly known: Map<string, StoredImage>;
}

const intakeOf = perServices<Intake>(() => ({ line: createLine({ atOnce: 4, waiting: 256 }), known: new Map() }));

/**
 * Checks and decodes a picture, stores it under the tenant and says what it is. Never reads a file of this machine.
 * Throws `image-too-large`, `image-invalid`, `not-found` (also for another tenant's id), `not-allowed` (an address that is not
 * allowed), `timed-out` (a download), `server-unavailable` (too many pictures at once), `invalid-input`, `cancelled`.
 */
export async function takeImage(
  services: Services,
  tenant: string,
  input: ImageRequest,
  signal: AbortSignal | undefined,
): Promise<StoredImage> {
  if ('reference' in input && isImageId(input.reference)) {
    const id = input.reference;
    return orCancelled(signal, () => lookUp(services, tenant, id, signal));
  }
  const { maxImageBytes, maxImagePixels } = services.settings.limits;
  const limits = { maxBytes: maxImageBytes, maxPixels: maxImagePixels, signal };
  return orCancelled(signal, async () => {
    const policy = { ...limits, urls: services.settings.imageUrls ?? (false as const) };
    const bytes = 'bytes' in input ? input.bytes : await readReference(input.reference, policy);
    const file = createHash('sha256').update(bytes).digest('hex');
    return intakeOf(services).line.run(async () => {
      // The same file again, as retries and demonstrations send it: it need not be decoded to know what it is.
      const same = intakeOf(services).known.get(`${tenant}/${file}`);
      const isThere = same && (await services.assets.has(tenant, same.id));
      const stored = isThere ? same : await store(services, tenant, await decodeImage(bytes, limits), file);
      await notePicture(services.database, tenant, stored);
      return stored;
    }, signal);
  });
}

/** The bytes of a data URL or of an allowed address, within the time for downloads. Exported for tests of its limits. */
export async function readReference(
  reference: string,
  policy: ReadPolicy,
  timeoutMs = downloadMs,
): Promise<Uint8Array> {
  if (/^data:/i.test(reference)) return readImageBytes(reference, { ...policy, roots: [] });
  if (!/^https?:\/\//i.test(reference)) throw notAReference();
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = policy.signal ? AbortSignal.any([policy.signal, timeout]) : timeout;
  try {
    return await readImageBytes(reference, { ...policy, roots: [], signal });
  } catch (error) {
    if (!timeout.aborted || policy.signal?.aborted) throw error;
    throw new AtelierError({
      code: 'timed-out',
      message: `The picture did not come within ${timeoutMs / 1000} seconds.`,
      hint: 'Send the picture itself.',
      isRetryable: true,
      cause: error,
    });
  }
}

async function store(services: Services, tenant: string, image: Image, file: string): Promise<StoredImage> {
  const { bytes, mediaType } = image.original ?? (await encodeImage(image, { format: 'png' }));
  await services.assets.put(tenant, image.id, { bytes, mediaType });
  const { id, width, height } = image;
  const stored = { id, width, height, mediaType, bytes: bytes.length };
  remember(services, `${tenant}/${file}`, stored);
  return remember(services, `${tenant}/${id}`, stored);
}

async function lookUp(
  services: Services,
  tenant: string,
  id: string,
  signal: AbortSignal | undefined,
): Promise<StoredImage> {
  const { line, known } = intakeOf(services);
  const remembered = known.get(`${tenant}/${id}`);
  if (remembered) {
    if (await services.assets.has(tenant, id)) return remembered;
    throw unknownImage(id);
  }
  return line.run(async () => {
    const file = await services.assets.get(tenant, id);
    if (!file) throw unknownImage(id);
    const { width, height } = await services.studioOf(tenant).vision.load(id, { signal });
    return remember(services, `${tenant}/${id}`, {
      id,
      width,
      height,
      mediaType: file.mediaType,
      bytes: file.bytes.length,
    });
  }, signal);
}

function remember(services: Services, key: string, image: StoredImage): StoredImage {
  const { known } = intakeOf(services);
  known.delete(key);
  known.set(key, image);
  const [oldest] = known.keys();
  if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest);
  return image;
}

/** The same words for an id that never was and for one of another tenant. */
export const unknownImage = (id: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no image ${id.slice(0, 60)}.`,
    hint: 'Send the picture again: POST /images.',
  });

const notAReference = (): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: 'A picture is named by its id, a data: URL or an http(s): URL.',
    hint: 'Upload the file: POST /images, or multipart/form-data with a part named image.',
  });
