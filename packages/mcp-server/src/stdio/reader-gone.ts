import { fstatSync, writeSync } from 'node:fs';

/**
 * Tells whether the reader of a descriptor has gone, as far as that can be seen without writing anything: the other end of a socket
 * (Node's hosts make such) is closed, or what started this process, which holds the other end of a pipe, has ended.
 */
export function readerGone(descriptor: number): () => boolean {
  const parent = process.ppid;
  return () => {
    try {
      const kind = fstatSync(descriptor);
      if (kind.isSocket()) writeSync(descriptor, new Uint8Array());
      return kind.isFIFO() && process.ppid !== parent;
    } catch {
      return true;
    }
  };
}
