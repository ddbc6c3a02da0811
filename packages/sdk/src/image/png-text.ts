/** Bytes before the first chunk. */
const signatureLength = 8;
/** Length, type and checksum. */
const chunkOverhead = 12;
const compressedText = new Set(['zTXt', 'iTXt']);

/**
 * A PNG file without its compressed text, which no decoder of pixels needs and some unpack all the same: a few megabytes of it
 * can stand for gigabytes. The same bytes where there is none. Whatever is malformed is left for the decoder to complain of.
 */
export function withoutCompressedText(png: Buffer): Buffer {
  const kept: Buffer[] = [];
  let from = 0;
  let at = signatureLength;
  while (at + chunkOverhead <= png.length) {
    const type = png.toString('latin1', at + 4, at + 8);
    const end = at + chunkOverhead + png.readUInt32BE(at);
    if (end > png.length || type === 'IEND') break;
    if (compressedText.has(type)) {
      kept.push(png.subarray(from, at));
      from = end;
    }
    at = end;
  }
  return kept.length === 0 ? png : Buffer.concat([...kept, png.subarray(from)]);
}
