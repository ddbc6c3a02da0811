import { AtelierError } from '../errors/atelier-error.ts';
import { tooManyBytes } from './too-large.ts';

/** The bytes inside a `data:` URL (RFC 2397); its media type is ignored, the bytes tell. Throws `image-invalid` or `image-too-large`. */
export function readDataUrl(url: string, maxBytes: number): Uint8Array {
  const comma = url.indexOf(',');
  if (comma < 0) throw unreadable();
  const body = url.slice(comma + 1);
  const isBase64 = /;\s*base64\s*$/i.test(url.slice(0, comma));
  // The decoded length, before anything is decoded; white space and escapes only make it smaller.
  const length = isBase64 ? Math.floor((body.length * 3) / 4) : body.length;
  if (length > maxBytes * 1.1 + 16) throw tooManyBytes(length, maxBytes);
  const bytes = isBase64 ? decodeBase64(body) : decodePercent(body);
  if (bytes.length > maxBytes) throw tooManyBytes(bytes.length, maxBytes);
  return bytes;
}

function decodeBase64(body: string): Uint8Array {
  const text = body.includes('%') ? decodeURIComponentOrThrow(body) : body;
  if (!/^[\w+/\s-]*={0,2}\s*$/.test(text)) throw unreadable();
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function decodePercent(body: string): Uint8Array {
  const bytes: number[] = [];
  const source = Buffer.from(body, 'utf8');
  for (let at = 0; at < source.length; at++) {
    const escaped = source[at] === 0x25 ? source.toString('latin1', at + 1, at + 3) : '';
    if (/^[0-9a-f]{2}$/i.test(escaped)) {
      bytes.push(Number.parseInt(escaped, 16));
      at += 2;
    } else {
      bytes.push(source[at] ?? 0);
    }
  }
  return Uint8Array.from(bytes);
}

function decodeURIComponentOrThrow(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw unreadable(cause);
  }
}

const unreadable = (cause?: unknown): AtelierError =>
  new AtelierError({
    code: 'image-invalid',
    message: 'The data: URL cannot be read.',
    hint: 'It should look like data:image/png;base64,iVBORw0...',
    cause,
  });
