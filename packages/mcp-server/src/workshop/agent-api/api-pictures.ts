import type { RleMask } from '@atelier/sdk';
import { isImageId } from '@atelier/sdk/image';
import type { AgentClient, ImageInfo } from '@atelier/server/client';
import { z } from 'zod';
import type { PictureInfo, StoredFile } from '../workshop.ts';
import { notFound, withAtelierErrors } from './as-atelier-error.ts';

/** Pictures whose sizes are remembered. */
const mostKnown = 5000;

const rleSchema = z.object({ size: z.tuple([z.number(), z.number()]), counts: z.string() });

/** Pictures and masks of the API by their ids. Everything rejects with `AtelierError`s. */
export class ApiPictures {
  readonly #client: AgentClient;
  /** Ids are hashes of what they name: what was true once stays true. */
  readonly #known = new Map<string, ImageInfo>();

  constructor(client: AgentClient) {
    this.#client = client;
  }

  /** Throws `not-found`. */
  async info(id: string): Promise<ImageInfo> {
    if (!isImageId(id)) throw notFound('image', id);
    return this.#known.get(id) ?? this.remember(await withAtelierErrors(() => this.#look(id)));
  }

  remember(info: ImageInfo): ImageInfo {
    this.#known.delete(info.id);
    this.#known.set(info.id, info);
    const [oldest] = this.#known.keys();
    if (this.#known.size > mostKnown && oldest !== undefined) this.#known.delete(oldest);
    return info;
  }

  async store(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<PictureInfo> {
    return pictureOf(this.remember(await withAtelierErrors(() => this.#client.uploadImage(bytes, { signal }), signal)));
  }

  /** Throws `not-found`. */
  async file(id: string, signal: AbortSignal | undefined): Promise<StoredFile> {
    return withAtelierErrors(async () => {
      const blob = await this.#client.image(id, { signal });
      return { bytes: new Uint8Array(await blob.arrayBuffer()), mediaType: blob.type };
    }, signal);
  }

  /** Throws `not-found`. */
  async mask(id: string, signal?: AbortSignal): Promise<RleMask> {
    if (!/^mask_[0-9a-f]{32}$/.test(id)) throw notFound('mask', id);
    const { bytes } = await this.file(id, signal);
    return rleSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  }

  /** Newest first. */
  async recent(limit: number, prefix: string): Promise<readonly PictureInfo[]> {
    if (!/^[a-z0-9_]{0,36}$/.test(prefix)) return [];
    const wanted = { limit: Math.min(Math.max(limit, 1), 100), ...(prefix === '' ? {} : { prefix }) };
    const { images } = await withAtelierErrors(() => this.#client.images(wanted));
    return images.map((info) => pictureOf(this.remember(info)));
  }

  /** The list is asked first: it counts least against the caller's limits. What questions show is not listed. */
  async #look(id: string): Promise<ImageInfo> {
    const { images } = await this.#client.images({ prefix: id, limit: 1 });
    return images.find((image) => image.id === id) ?? this.#client.uploadImage(id);
  }
}

export const pictureOf = ({ id, width, height }: ImageInfo): PictureInfo => ({ id, width, height });
