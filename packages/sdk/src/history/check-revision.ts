import { AtelierError } from '../errors/atelier-error.ts';
import type { SessionRecord } from './session-record.ts';

/** Throws `conflict` unless `next` follows directly on what is stored. */
export function checkRevision(stored: SessionRecord | undefined, next: SessionRecord): void {
  const expected = (stored?.revision ?? 0) + 1;
  if (next.revision !== expected) throw conflict(next, expected);
}

export function conflict(next: SessionRecord, expected: number): AtelierError {
  return new AtelierError({
    code: 'conflict',
    message: `Session ${next.id} was changed by somebody else meanwhile (revision ${next.revision}, expected ${expected}).`,
    hint: 'Load the session again and repeat the request.',
    isRetryable: true,
  });
}
