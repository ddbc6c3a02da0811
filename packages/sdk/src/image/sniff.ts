/** The formats `decodeImage` reads. */
export type ImageMediaType = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/avif' | 'image/gif';

/** What the first bytes of a file say: a picture we read, or what it is instead, in words that follow "This is". */
type Sniffed = { readonly mediaType: ImageMediaType } | { readonly looksLike: string; readonly hint: string };

const convert = 'Save it as PNG, JPEG, WebP, AVIF or GIF first.';
const choose = 'Pass a PNG, JPEG, WebP, AVIF or GIF file.';

/** Where a signature begins, what it is, and what it says. */
const others: readonly [offset: number, signature: string, looksLike: string, hint: string][] = [
  [0, '%PDF', 'a PDF document', 'Export the page as PNG or JPEG first.'],
  [0, 'II*\0', 'a TIFF or camera raw file', convert],
  [0, 'MM\0*', 'a TIFF or camera raw file', convert],
  [0, 'BM', 'a BMP picture', convert],
  [0, '8BPS', 'a Photoshop document', convert],
  [0, '\0\0\x01\0', 'an icon file', convert],
  [0, '\xff\x0a', 'a JPEG XL picture', convert],
  [0, '\0\0\0\x0cJXL ', 'a JPEG XL picture', convert],
  [0, '\0\0\0\x0cjP  ', 'a JPEG 2000 picture', convert],
  [0, 'PK\x03\x04', 'a ZIP archive or an office document', 'Unpack it and pass one picture.'],
  [0, '\x1f\x8b', 'a gzip archive', 'Unpack it and pass one picture.'],
  [0, '\x1a\x45\xdf\xa3', 'a video', 'Save one frame as PNG or JPEG first.'],
  [0, '\x7fELF', 'a program', choose],
  [0, 'MZ', 'a program', choose],
  [0, 'RIFF', 'a sound or video file', 'Save one frame as PNG or JPEG first.'],
];

/** Tells by the first bytes, never by a name: names lie, and decoders for other formats must never be reached. */
export function sniffImage(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096)).toString('latin1');
  if (head.length === 0)
    return { looksLike: 'an empty file', hint: 'Check that the file was written or uploaded to the end.' };
  const mediaType = pictureType(head);
  if (mediaType) return { mediaType };
  if (head.startsWith('ftyp', 4)) return sniffIsoMedia(head);
  const markup = head
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  if (/^(<\?xml|<!--|<!doctype svg|<svg)/.test(markup) && markup.includes('<svg')) {
    return { looksLike: 'an SVG drawing', hint: 'Export it as PNG first.' };
  }
  if (/^<(!doctype html|html|head|body)/.test(markup)) {
    return { looksLike: 'a web page', hint: 'Save the picture itself, not the page that shows it.' };
  }
  for (const [offset, signature, looksLike, hint] of others)
    if (head.startsWith(signature, offset)) return { looksLike, hint };
  return isText(head)
    ? { looksLike: 'a text file', hint: choose }
    : { looksLike: 'a file of unknown type', hint: choose };
}

function pictureType(head: string): ImageMediaType | undefined {
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'image/gif';
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'image/webp';
  return head.startsWith('ftyp', 4) && brands(head).some((brand) => brand === 'avif' || brand === 'avis')
    ? 'image/avif'
    : undefined;
}

function sniffIsoMedia(head: string): Sniffed {
  return brands(head).some((brand) => /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand))
    ? {
        looksLike: 'a HEIC photo',
        hint: 'Save it as JPEG first; on an iPhone: Settings, Camera, Formats, Most Compatible.',
      }
    : { looksLike: 'a video', hint: 'Save one frame as PNG or JPEG first.' };
}

/** The major and compatible brands of an ISO base media file (ISO/IEC 14496-12, 4.3). */
function brands(head: string): string[] {
  const size = Buffer.from(head.slice(0, 4), 'latin1').readUInt32BE();
  const found = [head.slice(8, 12)];
  for (let at = 16; at + 4 <= Math.min(size, head.length, 256); at += 4) found.push(head.slice(at, at + 4));
  return found;
}

/** Without control characters other than white space, bell to carriage return and escape; or UTF-16 by its first two bytes. */
function isText(head: string): boolean {
  if (head.startsWith('\xff\xfe') || head.startsWith('\xfe\xff')) return true;
  for (let at = 0; at < head.length; at++) {
    const code = head.charCodeAt(at);
    if (code < 32 && !(code >= 7 && code <= 13) && code !== 27) return false;
  }
  return true;
}
