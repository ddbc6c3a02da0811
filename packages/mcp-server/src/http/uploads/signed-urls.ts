import { randomUUID } from 'node:crypto';
import { AtelierError } from '@atelier/sdk/errors';
import { safeName } from '@atelier/sdk/tools';
import { z } from 'zod';
import type { UploadUrls } from '../../options.ts';
import type { Principal } from '../../workshop/workshop.ts';
import { folderNonces, memoryNonces, type Nonces } from './nonces.ts';
import { createSeal } from './seal.ts';

export interface SignedUrlsOptions {
  /** At least 32 bytes; the same in all processes behind one balancer. */
  readonly secret: Uint8Array;
  /** A folder of its own that those processes share: it is kept there which URLs were used. Default: in memory, for one process. */
  readonly folder?: string | undefined;
  /** Most bytes of an upload. Default 32 MiB. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: (() => number) | undefined;
}

/** The server that the URLs lead to. */
export interface UrlHost {
  readonly baseUrl: string;
  /** The key of a caller behind an agent API: it travels in the URL, sealed. */
  readonly keyOf: (scope: string) => string | undefined;
}

/** What a signed URL stands for. */
export interface Grant {
  readonly principal: Principal;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface UploadGrant extends Grant {
  readonly nonce: string;
  readonly maxBytes: number;
}

/** Makes signed URLs and reads them; nothing is stored but which uploads were used. */
export interface SignedUrls extends UploadUrls {
  /** Said by `serveHttp` once it listens; before that there are no URLs. */
  servedBy(host: UrlHost): void;
  /** Undefined where the token was not made here. Expired ones are read: whoever asks must look. */
  readUpload(token: string): UploadGrant | undefined;
  /** Undefined where the token was not made here, or for another picture. */
  readDownload(image: string, token: string): Grant | undefined;
  readonly nonces: Nonces;
  readonly now: () => number;
}

const uploadMs = 600_000;
const downloadMs = 3_600_000;
/** Ends of download URLs lie this far apart: within it, the same picture has the same URL, and browsers find it in their cache. */
const stepMs = 600_000;
const defaultMaxBytes = 32 * 1024 * 1024;

const content = z.strictObject({
  scope: z.string(),
  key: z.string().optional(),
  ends: z.number(),
  nonce: z.string().optional(),
  max: z.number().optional(),
  image: z.string().optional(),
});

/**
 * `PUT BASE/uploads/TOKEN` takes one picture; `GET BASE/files/ID?token=TOKEN` gives one. For `createMcpApp` and `serveHttp` alike.
 * Throws `invalid-input` for a short secret.
 */
export function signedUrls({
  secret,
  folder,
  maxBytes = defaultMaxBytes,
  now = Date.now,
}: SignedUrlsOptions): SignedUrls {
  if (secret.length < 32) throw shortSecret();
  const seal = createSeal(secret);
  const nonces = folder === undefined ? memoryNonces(now) : folderNonces(folder, now);
  let host: UrlHost | undefined;
  const read = (purpose: string, token: string) => content.safeParse(seal.open(purpose, token)).data;
  /** A URL of a caller, up to where the token begins. */
  const begin = (scope: string) => {
    if (!host) throw notServed();
    const key = host.keyOf(scope);
    const owner = { scope: safeName('scope', scope), ...(key === undefined ? {} : { key }) };
    return { base: host.baseUrl, owner };
  };

  return {
    nonces,
    now,
    servedBy(served) {
      host = served;
    },
    async create(scope) {
      const ends = now() + uploadMs;
      const { base, owner } = begin(scope);
      const token = seal.seal('upload', { ...owner, ends, nonce: randomUUID(), max: maxBytes });
      return { url: `${base}/uploads/${token}`, expiresAt: new Date(ends).toISOString(), maxBytes };
    },
    async download(scope, image) {
      const ends = Math.ceil((now() + downloadMs) / stepMs) * stepMs;
      const id = safeName('picture id', image);
      const { base, owner } = begin(scope);
      return `${base}/files/${id}?token=${seal.seal('download', { ...owner, ends, image: id })}`;
    },
    readUpload(token) {
      const found = read('upload', token);
      if (found?.nonce === undefined || found.max === undefined) return undefined;
      return { ...grantOf(found), nonce: found.nonce, maxBytes: found.max };
    },
    readDownload(image, token) {
      const found = read('download', token);
      return found?.image === image ? grantOf(found) : undefined;
    },
  };
}

const grantOf = ({ scope, key, ends }: z.output<typeof content>): Grant => ({
  principal: { scope, may: { look: true, edit: false }, ...(key === undefined ? {} : { key }) },
  expiresAt: ends,
});

const shortSecret = (): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: 'The secret that URLs are signed with is shorter than 32 bytes.',
    hint: 'Make one with: openssl rand -base64 32. Give all processes behind one balancer the same.',
  });

const notServed = (): AtelierError =>
  new AtelierError({
    code: 'capability-unavailable',
    message: 'No server takes uploads yet.',
    hint: 'Give the same signedUrls to serveHttp.',
  });
