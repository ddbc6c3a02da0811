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
const cacheLimit = 256 * 1024 * 1024;

/** The pictures and masks of one scope, by id. Decoded pictures are kept at hand up to a limit. */
export class Library {
  readonly #store: AssetStore;
  readonly #scope: string;
  readonly #images = new Map<string, Image>();
  #cached = 0;

  constructor(store: AssetStore, scope: string) {
    this.#store = store;
    this.#scope = scope;
  }

  /** Keeps the picture: as its own file where that is upright and sRGB, else as PNG. */
  async putImage(image: Image): Promise<void> {
    this.#remember(image);
    if (await this.#store.has(this.#scope, image.id)) return;
    const encoded = image.original ?? (await encodeImage(image, { format: 'png' }));
    await this.#store.put(this.#scope, image.id, { bytes: encoded.bytes, mediaType: encoded.mediaType });
  }

  /** Throws `not-found` for an id that is not in this scope. */
  async getImage(id: string): Promise<Image> {
    const cached = this.#images.get(id);
    if (cached) {
      this.#remember(cached);
      return cached;
    }
    const asset = await this.#store.get(this.#scope, id);
    if (!asset) throw notFound('image', id);
    const image = await decodeImage(asset.bytes, { maxPixels: Number.MAX_SAFE_INTEGER });
    this.#remember(image);
    return image;
  }

  /** The stored file of a picture, as it is. */
  async getImageFile(id: string): Promise<{ bytes: Uint8Array; mediaType: string }> {
    const asset = await this.#store.get(this.#scope, id);
    if (!asset) throw notFound('image', id);
    return asset;
  }

  async putMask(mask: Mask, things: readonly MaskedThing[] = []): Promise<string> {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...mask.toRle(), things }));
    await this.#store.put(this.#scope, mask.id, { bytes, mediaType: 'application/json' });
    return mask.id;
  }

  /** Throws `not-found` for an id that is not in this scope. */
  async getMask(id: string): Promise<StoredMask> {
    const asset = await this.#store.get(this.#scope, id);
    if (!asset) throw notFound('mask', id);
    const { things, ...rle } = storedMaskSchema.parse(JSON.parse(new TextDecoder().decode(asset.bytes)));
    return { mask: Mask.fromRle(rle), things };
  }

  #remember(image: Image): void {
    if (this.#images.delete(image.id)) this.#cached -= image.data.length;
    this.#images.set(image.id, image);
    this.#cached += image.data.length;
    for (const [id, oldest] of this.#images) {
      if (this.#cached <= cacheLimit || id === image.id) return;
      this.#images.delete(id);
      this.#cached -= oldest.data.length;
    }
  }
}

const notFound = (kind: string, id: string): AtelierError =>
  new AtelierError({
    code: 'not-found',
    message: `There is no ${kind} ${id} here.`,
    hint: `Use an id that an earlier call of this session returned.`,
  });
