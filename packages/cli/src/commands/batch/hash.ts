import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** SHA-256 in hexadecimal. */
export const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

/** Of a file, in pieces; undefined where it cannot be read. */
export async function sha256OfFile(path: string, signal: AbortSignal): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path, { signal })) hash.update(piece);
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
  return hash.digest('hex');
}
