import { randomUUID } from 'node:crypto';
import { AtelierError, safeName } from '@atelier/sdk';
import { z } from 'zod';
import type { UploadUrls } from '../../options.ts';
import type { Principal } from '../../workshop/workshop.ts';
import type { Nonces } from './nonces.ts';
import { createSeal } from './seal.ts';

export interface SignedUrlsOptions {
  /** At least 32 bytes; the same in all processes behind one balancer. */
  readonly secret: Uint8Array;
  /** The server's base URL (`HttpServer.baseUrl`); a function where it is known only once the server listens. */
  readonly publicUrl: string | (() => string);
  /** Which uploads were used: `folderNonces` over the shared folder, or `memoryNonces` for one process. */
  readonly nonces: Nonces;
  /** Most bytes of an upload. Default 32 MiB. */
  readonly maxBytes?: number | undefined;
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: (() => number) | undefined;
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
export interface SignedUrls {
  /** Those of one caller. Behind an agent API, the caller's key travels in the URL, sealed. */
  for(principal: Pick<Principal, 'scope' | 'key'>): UploadUrls;
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

/** `PUT BASE/uploads/TOKEN` takes one picture; `GET BASE/files/ID?token=TOKEN` gives one. Throws `invalid-input` for a short secret. */
export function signedUrls(options: SignedUrlsOptions): SignedUrls {
  const { publicUrl, nonces, maxBytes = defaultMaxBytes, now = Date.now } = options;
  if (options.secret.length < 32) throw shortSecret();
  const seal = createSeal(options.secret);
  const base = (): string => (typeof publicUrl === 'string' ? publicUrl : publicUrl()).replace(/\/+$/, '');
  const read = (purpose: string, token: string) => content.safeParse(seal.open(purpose, token)).data;

  return {
    nonces,
    now,
    for: (principal) => ({
      async create(scope) {
        const ends = now() + uploadMs;
        const token = seal.seal('upload', { ...ownerOf(scope, principal), ends, nonce: randomUUID(), max: maxBytes });
        return { url: `${base()}/uploads/${token}`, expiresAt: new Date(ends).toISOString(), maxBytes };
      },
      async download(scope, image) {
        const ends = Math.ceil((now() + downloadMs) / stepMs) * stepMs;
        const id = safeName('picture id', image);
        const token = seal.seal('download', { ...ownerOf(scope, principal), ends, image: id });
        return `${base()}/files/${id}?token=${token}`;
      },
    }),
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

/** The key belongs to this caller's scope and opens no other. */
const ownerOf = (scope: string, { scope: own, key }: Pick<Principal, 'scope' | 'key'>) => ({
  scope: safeName('scope', scope),
  ...(scope === own && key !== undefined ? { key } : {}),
});

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
