import { AtelierError } from '../../errors/atelier-error.ts';
import { decodeImage, defaultMaxBytes } from '../../image/decode.ts';
import type { Image } from '../../image/image.ts';
import { readRemote } from '../../image/read-remote.ts';
import type { ProviderContext } from './provider-context.ts';

/**
 * Reads a picture: bytes, base64, or an address where the provider allows it. Addresses go through the one door for remote
 * pictures: every redirect is put to `allowUrls` again, private networks are refused, 128 MiB at most.
 */
export async function readPicture(
  data: Uint8Array | string | URL,
  { allowUrls, network }: Pick<ProviderContext, 'allowUrls' | 'network'>,
  signal?: AbortSignal,
): Promise<Image> {
  const bytes =
    data instanceof URL
      ? await readRemote(data.href, { urls: allowUrls, maxBytes: defaultMaxBytes, signal }, network).catch(toldHow)
      : typeof data === 'string'
        ? fromBase64(data)
        : data;
  return decodeImage(bytes, { signal });
}

/** Says in the provider's own words how an address is allowed. Without the cause, which has the whole address in it. */
function toldHow(error: unknown): never {
  if (!AtelierError.isInstance(error) || error.code !== 'not-allowed') throw error;
  throw new AtelierError({
    code: 'not-allowed',
    message: `${error.message} Which addresses may be is said by allowUrls of createTriton.`,
    hint: "Pass the picture's bytes, or createTriton({ url, allowUrls: ({ hostname }) => hostname === 'images.example.org' }). Private networks are never read from.",
  });
}

function fromBase64(text: string): Uint8Array {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) {
    throw new AtelierError({
      code: 'image-invalid',
      message: 'A picture was given as text that is not base64.',
      hint: 'Pass bytes, base64 or a data: URL.',
    });
  }
  return Buffer.from(text, 'base64');
}
