import { decodeImage, encodeImage } from '@atelier/sdk/image';
import { Gate } from '../../workshop/in-process/gate.ts';

/** Of JPEG, which has no lossless form: above it files grow and nobody sees why. */
const jpegQuality = 95;

/** One of this process, whoever calls: a picture of the largest size takes 400 MB while it is decoded. */
export const encodingGate = new Gate({ atOnce: 2, mostWaiting: 64 });

export interface PictureFileOptions {
  readonly format: 'png' | 'jpeg' | 'webp';
  /** The tenant: they take turns. */
  readonly scope: string;
  readonly signal: AbortSignal;
  /** Told when its turn has come and it is decoded. */
  readonly onDecoded: () => void;
}

/** A stored picture as a file of another format, without metadata. Rejects with `server-unavailable` where too many wait. */
export function pictureFile(
  read: () => Promise<{ readonly bytes: Uint8Array }>,
  { format, scope, signal, onDecoded }: PictureFileOptions,
): Promise<Uint8Array> {
  const encode = async () => {
    // What was let in once can be read again, however large.
    const unlimited = { maxPixels: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER };
    const pixels = await decodeImage((await read()).bytes, { ...unlimited, signal });
    onDecoded();
    const options = { format, lossless: format === 'webp', quality: jpegQuality, signal };
    return (await encodeImage(pixels, options)).bytes;
  };
  return encodingGate.run(scope, encode, signal);
}
