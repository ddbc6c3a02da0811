import { createRequire } from 'node:module';

/** Bytes to be sent that do not lie in one buffer yet. */
export interface OutgoingBytes {
  readonly byteLength: number;
  /** Writes them all from `start` on. */
  writeInto(target: Buffer, start: number): void;
}

/** Below this a copy more costs less than what it is about. */
const largeBytes = 64 * 1024;

/**
 * The release line of grpc-js that was seen to ask a message for its `length`, and then to `copy` itself behind the five
 * bytes that frame it, and nothing else.
 */
const knownRelease = /^1\.14\./;

let installed: string | undefined;

/** The release of grpc-js that calls are made with; `unknown` in a bundle, where there is no package to ask. */
export function installedRelease(): string {
  installed ??= readRelease();
  return installed;
}

/** Whether large messages are copied once, straight into grpc-js's frame. */
export const copiesOnce = (release: string): boolean => knownRelease.test(release);

function readRelease(): string {
  try {
    const { version }: { version?: unknown } = createRequire(import.meta.url)('@grpc/grpc-js/package.json');
    return String(version);
  } catch {
    return 'unknown';
  }
}

/**
 * The message for grpc-js. It copies every message behind its frame, so a large one that would first be put together in
 * a buffer was copied twice: at 12 MiB this costs a fifth of the call, most of it in collecting the buffers. With a release
 * that is not known it is a plain buffer.
 */
export function messageOf(bytes: OutgoingBytes, release = installedRelease()): Buffer {
  if (bytes.byteLength < largeBytes || !copiesOnce(release)) {
    const buffer = Buffer.allocUnsafe(bytes.byteLength);
    bytes.writeInto(buffer, 0);
    return buffer;
  }
  const message = {
    length: bytes.byteLength,
    copy: (target: Buffer, start: number) => bytes.writeInto(target, start),
  };
  // The two members that the known releases use; see above.
  return message as unknown as Buffer;
}
