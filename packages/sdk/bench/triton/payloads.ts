import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One tensor that every client sends up and gets back. It lies in a file, so that all of them read the same bytes. */
export interface Payload {
  readonly label: string;
  readonly datatype: 'FP32' | 'BYTES';
  readonly bytes: number;
  readonly model: string;
  readonly file: string;
}

/** What is measured at one size. Calls a turn are chosen so that a turn takes 0.1 to 1 s. */
export interface Size {
  readonly label: string;
  readonly datatype: 'FP32' | 'BYTES';
  readonly bytes: number;
  readonly alone: Turn;
  readonly together: Turn;
}

export interface Turn {
  readonly calls: number;
  /** Seconds for all turns of all clients. */
  readonly seconds: number;
}

const kib = 1024;
const mib = 1024 * kib;

export const sizes: readonly Size[] = [
  {
    label: '400 B',
    datatype: 'FP32',
    bytes: 400,
    alone: { calls: 120, seconds: 9 },
    together: { calls: 480, seconds: 9 },
  },
  {
    label: '100 KiB',
    datatype: 'FP32',
    bytes: 100 * kib,
    alone: { calls: 80, seconds: 9 },
    together: { calls: 240, seconds: 9 },
  },
  // One element, as a JPEG travels.
  {
    label: '100 KiB BYTES',
    datatype: 'BYTES',
    bytes: 100 * kib,
    alone: { calls: 80, seconds: 6 },
    together: { calls: 240, seconds: 6 },
  },
  {
    label: '3 MiB',
    datatype: 'FP32',
    bytes: 3 * mib,
    alone: { calls: 12, seconds: 12 },
    together: { calls: 48, seconds: 16 },
  },
  {
    label: '12 MiB',
    datatype: 'FP32',
    bytes: 12 * mib,
    alone: { calls: 5, seconds: 18 },
    together: { calls: 32, seconds: 30 },
  },
];

/** Writes the tensor of one size into the folder: bytes without a pattern, the same in every run. */
export async function writePayload(size: Size, folder: string): Promise<Payload> {
  const { label, datatype, bytes } = size;
  const file = join(folder, `${datatype}-${bytes}.bin`);
  await writeFile(file, seededBytes(bytes));
  return { label, datatype, bytes, model: datatype === 'BYTES' ? 'echo_bytes' : 'echo_fp32', file };
}

function seededBytes(length: number): Uint8Array {
  const bytes = createHash('shake256', { outputLength: length }).update('atelier').digest();
  // As FP32 no NaN: with the exponent's highest bit clear, every value is finite and has one form only.
  for (let index = 3; index < length; index += 4) bytes[index] = (bytes[index] ?? 0) & 0xbf;
  return bytes;
}
