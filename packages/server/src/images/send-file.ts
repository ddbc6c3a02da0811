import { parseRange } from './byte-range.ts';

/** Bytes that never change under their name. */
export interface SentFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** Without quotes; another one for every other content. */
  readonly tag: string;
  /** What a browser should call it when it is saved. Made here, never from outside. */
  readonly name: string;
  /** The answer depends on what the caller accepts. */
  readonly varies?: boolean;
}

/** What browsers show as a picture, and JSON; nothing they would run. */
const servedTypes: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/avif',
  'image/gif',
  'application/json',
]);

const forever = 'private, max-age=31536000, immutable';

/** 304 where the caller has the content of this tag already; so it need not be read or made. */
export function notModified(request: Request, tag: string): Response | undefined {
  const etag = `"${tag}"`;
  if (!isKnown(request.headers.get('if-none-match'), etag)) return undefined;
  return new Response(null, { status: 304, headers: { etag, 'cache-control': forever } });
}

/** Answers a GET or HEAD with the file: 200, 206 for one range, 416 for a range behind its end. */
export function sendFile(request: Request, file: SentFile): Response {
  const etag = `"${file.tag}"`;
  const headers = fileHeaders(file, etag);
  const { bytes } = file;
  headers.set('content-type', file.mediaType);
  // Ranges are for GET; what was kept of another content gets the whole.
  const current = request.headers.get('if-range') ?? etag;
  const range =
    request.method === 'GET' && current === etag ? parseRange(request.headers.get('range'), bytes.length) : undefined;
  if (range === 'unsatisfiable') {
    headers.delete('content-type');
    headers.set('content-range', `bytes */${bytes.length}`);
    return new Response(null, { status: 416, headers });
  }
  const part = range ? bytes.subarray(range.start, range.end + 1) : bytes;
  if (range) headers.set('content-range', `bytes ${range.start}-${range.end}/${bytes.length}`);
  headers.set('content-length', String(part.length));
  const body = request.method === 'HEAD' ? null : new Uint8Array(part);
  return new Response(body, { status: range ? 206 : 200, headers });
}

function fileHeaders({ mediaType, name, varies }: SentFile, etag: string): Headers {
  const disposition = servedTypes.has(mediaType) ? 'inline' : 'attachment';
  return new Headers({
    etag,
    'accept-ranges': 'bytes',
    'cache-control': forever,
    'content-disposition': `${disposition}; filename="${name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    ...(varies ? { vary: 'accept' } : {}),
  });
}

/** `If-None-Match`: any of a list, weak or not, or `*`. */
function isKnown(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.split(',').some((tag) => {
    const trimmed = tag.trim();
    return trimmed === '*' || trimmed.replace(/^W\//, '') === etag;
  });
}
