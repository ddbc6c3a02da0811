import { inSlices } from './slices.ts';

/** A copy in which every byte is replaced by what the 256-entry table says. Cut into short slices. */
export async function translateBytes(bytes: Uint8Array, table: Uint8Array, signal?: AbortSignal): Promise<Uint8Array> {
  const result = new Uint8Array(bytes.length);
  const chunk = 4096;
  await inSlices(
    Math.ceil(bytes.length / chunk),
    (from, to) => {
      const end = Math.min(bytes.length, to * chunk);
      for (let i = from * chunk; i < end; i++) result[i] = table[bytes[i]];
    },
    { signal },
  );
  return result;
}

/** The table that sends a byte through `value`. */
export const byteTable = (value: (byte: number) => number): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => value(byte));
