import type { Workshop } from '../workshop/workshop.ts';

export interface FileFacts {
  /** Bytes. */
  readonly size: number;
  readonly mimeType: string;
}

/** Files remembered for each workshop. */
const mostKnown = 500;
// A picture's file never changes, so what was seen once holds for as long as the workshop lives.
const seen = new WeakMap<Workshop, Map<string, FileFacts>>();

/** Keeps what a picture's file was seen to be, for lists that must not open every file. */
export function rememberFile(workshop: Workshop, id: string, facts: FileFacts): void {
  const files = seen.get(workshop) ?? new Map<string, FileFacts>();
  seen.set(workshop, files);
  files.delete(id);
  files.set(id, facts);
  for (const oldest of files.keys()) {
    if (files.size <= mostKnown) break;
    files.delete(oldest);
  }
}

/** Size and type of a picture's file where it was read before. */
export const knownFile = (workshop: Workshop, id: string): FileFacts | undefined => seen.get(workshop)?.get(id);
