import { WireError } from './wire-error.ts';

/** Elements up to this size are copied together: a copy of 16 KiB (microseconds) costs less than one more socket write. */
const packUpTo = 16 * 1024;

/** Each element after its length (uint32, little-endian): large elements as views, small ones packed into one buffer. */
export function encodeBytesElements(elements: readonly Uint8Array[]): readonly Uint8Array[] {
  let packedBytes = 0;
  for (const { byteLength } of elements) packedBytes += byteLength > packUpTo ? 4 : 4 + byteLength;
  const packed = new Uint8Array(packedBytes);
  const lengths = new DataView(packed.buffer);
  const chunks: Uint8Array[] = [];
  let start = 0;
  let end = 0;
  for (const element of elements) {
    lengths.setUint32(end, element.byteLength, true);
    end += 4;
    if (element.byteLength > packUpTo) {
      chunks.push(packed.subarray(start, end), element);
      start = end;
    } else {
      packed.set(element, end);
      end += element.byteLength;
    }
  }
  if (end > start) chunks.push(packed.subarray(start, end));
  return chunks;
}

/** Views of the elements, no copies: they keep the whole of `bytes` in memory. Throws `WireError` that begins with `what`. */
export function decodeBytesElements(count: number, bytes: Uint8Array, what: string): Uint8Array[] {
  // Each element has at least its length, so a count is believed only after the bytes for it are there.
  if (count * 4 > bytes.byteLength) {
    throw new WireError(
      `${what}: its shape says ${count} elements, but its ${bytes.byteLength} bytes cannot hold them.`,
    );
  }
  const lengths = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const elements: Uint8Array[] = [];
  let offset = 0;
  for (let index = 0; index < count; index++) {
    if (offset + 4 > bytes.byteLength) {
      throw new WireError(`${what}: it ends before the length of element ${index} of ${count}.`);
    }
    const length = lengths.getUint32(offset, true);
    offset += 4;
    if (length > bytes.byteLength - offset) {
      const left = bytes.byteLength - offset;
      throw new WireError(`${what}: element ${index} of ${count} claims ${length} bytes, but ${left} are left.`);
    }
    elements.push(new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length));
    offset += length;
  }
  if (offset !== bytes.byteLength) {
    throw new WireError(`${what}: ${bytes.byteLength - offset} bytes follow the last of its ${count} elements.`);
  }
  return elements;
}
