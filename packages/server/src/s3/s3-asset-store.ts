import { setTimeout as delay } from 'node:timers/promises';
import { type Asset, type AssetStore, safeName } from '@atelier/sdk';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { connect, type S3Connection } from './connect.ts';
import { failureOf, isNetworkFailure, noBucket, s3Error } from './s3-error.ts';
import { safeBucket, safePrefix } from './safe-key.ts';

export interface S3AssetStoreOptions extends S3Connection {
  readonly bucket: string;
  /** What every key begins with. Default `atelier/`. */
  readonly prefix?: string | undefined;
  /** A client of your own, instead of region, endpoint and credentials. It stays yours to close. */
  readonly client?: S3Client | undefined;
}

/**
 * Keeps each asset as one object, `PREFIX/SCOPE/ID`, in a bucket of S3 or of a server that speaks it. Safe for any number of
 * processes: an object appears whole or not at all, and one that is there is not written again. Needs `s3:GetObject`,
 * `s3:PutObject`, `s3:DeleteObject`, and `s3:ListBucket`, without which AWS does not say that an object is missing.
 * Every method throws `invalid-input` (a scope or id that cannot be part of a key; a bucket of another region), `not-found`
 * (no such bucket), `access-denied`, and `server-unavailable`, which may be tried again, once the AWS SDK's own attempts are over.
 */
export function s3AssetStore(options: S3AssetStoreOptions): AssetStore {
  const { prefix = 'atelier/', client, ...connection } = options;
  const bucket = new Bucket(client ?? connect(connection), safeBucket(options.bucket));
  const start = safePrefix(prefix);
  const keyOf = (scope: string, id: string) => `${start}${safeName('scope', scope)}/${safeName('asset id', id)}`;
  return {
    put: async (scope, id, asset) => bucket.put(keyOf(scope, id), asset),
    get: async (scope, id) => bucket.get(keyOf(scope, id)),
    has: async (scope, id) => bucket.has(keyOf(scope, id)),
    delete: async (scope, id) => bucket.delete(keyOf(scope, id)),
  };
}

const attempts = 4;

class Bucket {
  readonly #client: S3Client;
  readonly #name: string;
  /** Whether it is known to exist: the answer to a HEAD does not tell a missing bucket from a missing object. */
  #exists = false;
  /** Whether the server knows `If-None-Match` for writes. */
  #conditional = true;

  constructor(client: S3Client, name: string) {
    this.#client = client;
    this.#name = name;
  }

  async put(key: string, { bytes, mediaType }: Asset): Promise<void> {
    const object = { Bucket: this.#name, Key: key, Body: bytes, ContentType: mediaType, ContentLength: bytes.length };
    for (let attempt = 1; this.#conditional; attempt++) {
      try {
        await this.#client.send(new PutObjectCommand({ ...object, IfNoneMatch: '*' }));
        return;
      } catch (error) {
        const { status } = failureOf(error);
        // Precondition failed: it is there already.
        if (status === 412) return;
        // Not implemented: the unconditional way, from now on.
        if (status === 501) this.#conditional = false;
        // Conflict: it was deleted, or put by somebody else, at this very moment.
        else if (status !== 409 || attempt === attempts) throw s3Error(error, this.#name);
        else await delay(50 * 2 ** attempt * Math.random());
      }
    }
    // Between the two somebody else may put it: equal ids mean equal contents, so that the same is written twice.
    if (await this.has(key)) return;
    await this.#client.send(new PutObjectCommand(object)).catch((error: unknown) => {
      throw s3Error(error, this.#name);
    });
  }

  async get(key: string): Promise<Asset | undefined> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { Body, ContentType } = await this.#client.send(new GetObjectCommand({ Bucket: this.#name, Key: key }));
        // The AWS SDK's own attempts end where the body begins.
        const bytes = await Body?.transformToByteArray().catch((error: unknown) => {
          throw isNetworkFailure(error) ? new CutOff() : error;
        });
        return { bytes: bytes ?? new Uint8Array(), mediaType: ContentType ?? 'application/octet-stream' };
      } catch (error) {
        if (isMissingObject(error)) return undefined;
        if (!(error instanceof CutOff) || attempt === attempts) throw s3Error(error, this.#name);
      }
    }
  }

  async has(key: string): Promise<boolean> {
    try {
      await this.#client.send(new HeadObjectCommand({ Bucket: this.#name, Key: key }));
      return true;
    } catch (error) {
      if (!isMissingObject(error)) throw s3Error(error, this.#name);
      await this.#checkExists();
      return false;
    }
  }

  async delete(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#name, Key: key })).catch((error: unknown) => {
      if (!isMissingObject(error)) throw s3Error(error, this.#name);
    });
  }

  async #checkExists(): Promise<void> {
    if (this.#exists) return;
    await this.#client.send(new HeadBucketCommand({ Bucket: this.#name })).catch((error: unknown) => {
      const { status, requestId } = failureOf(error);
      if (status === 404) throw noBucket(this.#name, { status, requestId });
      // Whoever may not look at the bucket knows nothing against it.
      if (status !== 403) throw s3Error(error, this.#name);
    });
    this.#exists = true;
  }
}

/** The connection broke in the middle of a body. */
class CutOff extends Error {
  readonly code = 'ECONNRESET';
}

function isMissingObject(error: unknown): boolean {
  const { status, reason } = failureOf(error);
  return status === 404 && reason !== 'NoSuchBucket';
}
