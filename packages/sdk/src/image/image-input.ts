import { AtelierError } from '../errors/atelier-error.ts';
import { defaultMaxBytes } from './decode.ts';
import { encodeImage } from './encode.ts';
import { Image } from './image.ts';
import { readDataUrl } from './read-data-url.ts';
import { readFileWithin } from './read-file.ts';
import { tooManyBytes } from './too-large.ts';

/**
 * A picture in any form a caller may have it: the file's bytes, a Blob, a decoded `Image`, or a string that is
 * a file path, a `file:`, `data:` or (where the policy allows) `http(s):` URL, or an image id.
 */
export type ImageInput = Uint8Array | Blob | URL | Image | string;

/** What may be read, and how much of it. */
export interface ReadPolicy {
  /** Folders that files must lie in, symbolic links resolved. Default: any file the process can read; an empty list: none. */
  readonly roots?: readonly string[] | undefined;
  /** Which `http(s):` URLs may be fetched, asked again for every redirect. Private addresses are refused in any case. Default false: none. */
  readonly urls?: false | ((url: URL) => boolean) | undefined;
  /** Largest file in bytes. Default 128 MiB. */
  readonly maxBytes?: number | undefined;
  /** Largest width times height of what is decoded, told by the header before any pixel is read. Default 100,000,000. */
  readonly maxPixels?: number | undefined;
  /**
   * The transport for URLs. Default: one that resolves a host once and connects to the addresses it has checked. One of your
   * own is asked for every redirect by itself (`redirect: 'manual'`) and must see to it that names do not lead to private
   * addresses: only URLs that name such an address themselves are refused before it is called.
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Whether the string has the form of an image id: `img_` and 32 hex digits. */
export const isImageId = (value: string): boolean => /^img_[0-9a-f]{32}$/.test(value);

/**
 * The bytes behind an input, not yet decoded. Image ids are not resolved here.
 * Throws `not-found`, `not-allowed` (outside `roots`, a URL that the policy does not allow), `image-too-large` (over `maxBytes`),
 * `image-invalid` (a folder, a pipe, a device) or `invalid-input` (no input at all).
 */
export async function readImageBytes(input: ImageInput, policy: ReadPolicy = {}): Promise<Uint8Array> {
  policy.signal?.throwIfAborted();
  if (typeof input === 'string') return readReference(input, policy);
  if (input instanceof URL) return readReference(input.href, policy);
  const { maxBytes = defaultMaxBytes } = policy;
  if (input instanceof Uint8Array) return checkLength(input.length, maxBytes, () => input);
  if (input instanceof Blob)
    return checkLength(input.size, maxBytes, async () => new Uint8Array(await input.arrayBuffer()));
  if (input instanceof Image) return input.original?.bytes ?? (await encodeImage(input, { format: 'png' })).bytes;
  throw new AtelierError({
    code: 'invalid-input',
    message: `A picture cannot be read from ${input === null ? 'null' : typeof input}.`,
    hint: 'Pass a file path, bytes, a Blob, an image id or an Image.',
  });
}

async function readReference(reference: string, policy: ReadPolicy): Promise<Uint8Array> {
  if (reference.trim() === '') {
    throw new AtelierError({
      code: 'invalid-input',
      message: 'No picture was given.',
      hint: 'Pass the path of a picture file.',
    });
  }
  if (isImageId(reference)) {
    throw new AtelierError({
      code: 'not-found',
      message: `Image ${reference} is not known here.`,
      hint: 'Image ids are valid in the session that made them.',
    });
  }
  const { maxBytes = defaultMaxBytes } = policy;
  // Windows drives ("C:\") are one letter, schemes at least two.
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(reference)?.[1]?.toLowerCase();
  if (scheme === 'data') return readDataUrl(reference, maxBytes);
  if (scheme === 'http' || scheme === 'https') {
    // Loaded by those who read from the web alone: it takes as long as all the rest together.
    const { readRemote } = await import('./read-remote.ts');
    return readRemote(reference, { ...policy, maxBytes });
  }
  if (scheme !== undefined && scheme !== 'file' && reference.startsWith('//', scheme.length + 1)) {
    throw new AtelierError({
      code: 'not-allowed',
      message: `Pictures are not read from ${scheme}: addresses.`,
      hint: 'Download the picture and pass the file.',
    });
  }
  return readFileWithin(reference, policy.roots, maxBytes);
}

function checkLength<Value>(bytes: number, maxBytes: number, read: () => Value): Value {
  if (bytes > maxBytes) throw tooManyBytes(bytes, maxBytes);
  return read();
}
