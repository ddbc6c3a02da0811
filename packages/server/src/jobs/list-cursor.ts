import { AtelierError } from '@atelier/sdk/errors';
import { z } from 'zod';

// Postgres writes its timestamps to the microsecond, which a Date would lose.
const cursorSchema = z.tuple([
  z.string().regex(/^\d{4,5}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?[+-]\d\d(:\d\d)?$/),
  z.string().max(80),
]);

/** Where a page ended: opaque to callers. */
export const writeCursor = (position: string, id: string): string =>
  Buffer.from(JSON.stringify([position, id])).toString('base64url');

/** Throws `invalid-input` for what `writeCursor` did not make. */
export function readCursor(cursor: string): z.infer<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new AtelierError({
      code: 'invalid-input',
      message: 'This cursor is none that a page of jobs ended with.',
      hint: 'Use `next` of the page before, unchanged, or leave it out.',
      cause,
    });
  }
}
