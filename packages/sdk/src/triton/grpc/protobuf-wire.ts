import type protobuf from 'protobufjs/light.js';

/** Wire types of protobuf: https://protobuf.dev/programming-guides/encoding/#structure */
export const varint = 0;
export const fixed64 = 1;
export const lengthDelimited = 2;

/** What stands before every field. */
export const fieldTag = (field: number, wireType: number): number => (field << 3) | wireType;

/** How many bytes a length takes. */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes += 1;
  return bytes;
}

/** Writes a length and gives the offset behind it. */
export function writeVarint(target: Uint8Array, start: number, value: number): number {
  let offset = start;
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) {
    target[offset] = (rest % 0x80) | 0x80;
    offset += 1;
  }
  target[offset] = rest;
  return offset + 1;
}

/**
 * Reads the message whose length comes next: `read` takes the field of a tag, or says that it does not know it, which
 * skips it. Throws where a field is longer than its message.
 */
export function readFields(reader: protobuf.Reader, read: (tag: number) => boolean): void {
  const length = reader.uint32();
  readFieldsUntil(reader, reader.pos + length, read);
}

/** The same for a message that is not inside another one. */
export function readFieldsUntil(reader: protobuf.Reader, end: number, read: (tag: number) => boolean): void {
  if (end > reader.len) throw new RangeError('a message is longer than what is around it');
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (!read(tag)) reader.skipType(tag & 7);
  }
  if (reader.pos !== end) throw new RangeError('a field is longer than its message');
}

/** Text. protobufjs itself would take what there is where a text is longer than the bytes. */
export function readText(reader: protobuf.Reader): string {
  const start = reader.pos;
  const length = reader.uint32();
  if (length > reader.len - reader.pos) throw new RangeError('a text is longer than what is around it');
  reader.pos = start;
  return reader.string();
}

/** A number where it is exact, else a bigint. protobufjs reads 64 bits as two halves. */
export function readWhole(value: number | protobuf.Long): number | bigint {
  if (typeof value === 'number') return value;
  const high = value.unsigned ? value.high >>> 0 : value.high;
  const low = value.low >>> 0;
  const rounded = high * 2 ** 32 + low;
  return Number.isSafeInteger(rounded) ? rounded : (BigInt(high) << 32n) + BigInt(low);
}
