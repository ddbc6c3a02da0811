import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AtelierError } from '../errors/atelier-error.ts';
import { decodeImage } from '../image/decode.ts';
import { encodeImage } from '../image/encode.ts';
import { type Box, boxSchema } from '../image/geometry.ts';
import type { Image } from '../image/image.ts';
import { Mask } from '../image/mask.ts';
import type { AssetStore } from './asset-store.ts';

const storedMaskSchema = z.object({
  size: z.tuple([z.number().int(), z.number().int()]),
  counts: z.string(),
  things: z.array(z.object({ label: z.string(), score: z.number(), box: boxSchema, phrase: z.string() })).default([]),
});

/** A thing that a mask was cut out from: a detection, as the capabilities call it. */
export interface MaskedThing {
  readonly label: string;
  readonly score: number;
  readonly box: Box;
  readonly phrase: string;
}

/** A mask and the detections it was cut out from, so that a later edit knows what to look for when it checks itself. */
export interface StoredMask {
  readonly mask: Mask;
  readonly things: readonly MaskedThing[];
}

/** Decoded pixels kept at hand, in bytes: some twenty photographs of 3 megapixels, or five of 12. */
const defaultCacheBytes = 256 * 1024 * 1024;

/** The pictures and masks of one scope, by id. Decoded pictures are kept at hand up to a limit. */
export class Library {
  readonly #store: AssetStore;
  readonly #scope: string;
  readonly #images = new Map<string, Image>();
  readonly #cacheBytes: number;
  #cached = 0;

  constructor(store: AssetStore, scope: string, cacheBytes: number = defaultCacheBytes) {
    this.#store = store;
    this.#scope = scope;
    this.#cacheBytes = cacheBytes;
  }

  /** Keeps the picture: as its own file where that is upright and sRGB, else as PNG. */
  async putImage(image: Image): Promise<void> {
    this.#remember(image);
    if (await this.#store.has(this.#scope, image.id)) return;
    const encoded = image.original ?? (await encodeImage(image, { format: 'png' }));
    await this.#store.put(this.#scope, image.id, { bytes: encoded.bytes, mediaType: encoded.mediaType });
  }

  /** Throws `not-found` for an id that is not in this scope, `image-invalid` where its file holds another picture by now. */
  async getImage(id: string, signal?: AbortSignal): Promise<Image> {
    signal?.throwIfAborted();
    const cached = this.#images.get(id);
    if (cached) {
      this.#remember(cached);
      return cached;
    }
    const asset = await this.#store.get(this.#scope, id);
    if (!asset) throw notFound('image', id);
    // Limits are for what comes from outside: what was let in once, or made here, can be read again.
    const unlimited = { maxPixels: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER };
    const image = await decodeImage(asset.bytes, { ...unlimited, signal });
    if (image.id !== id) throw notItself('image', id, `its pixels are those of ${image.id}`);
    this.#remember(image);
    return image;
  }

  /** Whether there is such a picture in this scope, also where its file is damaged. */
  async hasImage(id: string): Promise<boolean> {
    return this.#store.has(this.#scope, id);
  }

  /** The stored file of a picture, as it is. */
  async getImageFile(id: string): Promise<{ bytes: Uint8Array; mediaType: string }> {
    const asset = await this.#store.get(this.#scope, id);
    if (!asset) throw notFound('image', id);
    return asset;
  }

  /**
   * Keeps a mask with the things it was cut out from, and returns the id of the two together: `mask.id` for a mask by
   * itself, another one for the same pixels cut out from something. So an id always gives back what was put under it.
   */
  async putMask(mask: Mask, things: readonly MaskedThing[] = []): Promise<string> {
    const id = storedMaskId(mask, things);
    const bytes = new TextEncoder().encode(JSON.stringify({ ...mask.toRle(), things }));
    await this.#store.put(this.#scope, id, { bytes, mediaType: 'application/json' });
    return id;
  }

  /** Throws `not-found` for an id that is not in this scope, `mask-invalid` where its file holds something else by now. */
  async getMask(id: string): Promise<StoredMask> {
    const asset = await this.#store.get(this.#scope, id);
    if (!asset) throw notFound('mask', id);
    const { things, ...rle } = readStoredMask(id, asset.bytes);
    const mask = Mask.fromRle(rle);
    const found = storedMaskId(mask, things);
    if (found !== id) throw notItself('mask', id, `it is ${found}`);
    return { mask, things };
  }

  #remember(image: Image): void {
    if (this.#images.delete(image.id)) this.#cached -= image.data.length;
    this.#images.set(image.id, image);
    this.#cached += image.data.length;
    for (const [id, oldest] of this.#images) {
      if (this.#cached <= this.#cacheBytes || id === image.id) return;
      this.#images.delete(id);
      this.#cached -= oldest.data.length;
    }
  }
}

/** `mask.id`, or `mask_` + 32 hex digits of SHA-256 over it and the things. */
function storedMaskId(mask: Mask, things: readonly MaskedThing[]): string {
  if (things.length === 0) return mask.id;
  const facts = things.map(({ label, score, box: { x, y, width, height }, phrase }) => [
    label,
    score,
    [x, y, width, height],
    phrase,
  ]);
  const hash = createHash('sha256').update(JSON.stringify([mask.id, facts]));
  return `mask_${hash.digest('hex').slice(0, 32)}`;
}

function readStoredMask(id: string, bytes: Uint8Array): z.infer<typeof storedMaskSchema> {
  try {
    return storedMaskSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw notItself('mask', id, 'it cannot be read', cause);
  }
}

const notItself = (kind: 'image' | 'mask', id: string, why: string, cause?: unknown): AtelierError =>
  new AtelierError({
    code: `${kind}-invalid`,
    message: `What is stored as ${id} is damaged or was replaced: ${why}.`,
    hint: `Give the ${kind === 'image' ? 'picture' : 'mask'} again, or delete the stored file.`,
    cause,
  });

const notFound = (kind: string, id: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no ${kind} ${id} here.`,
    hint: `Use an id that an earlier call of this session returned.`,
  });
