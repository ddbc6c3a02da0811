import { safeNamePattern } from '@atelier/sdk';
import { AtelierError } from '@atelier/sdk/errors';
import { z } from 'zod';

// Postgres writes its timestamps to the microsecond, which a Date would lose.
const cursorSchema = z.tuple([
  z
    .string()
    .regex(/^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-](0\d|1[0-4])(:[0-5]\d)?$/)
    .refine(isOnCalendar),
  z.string().regex(safeNamePattern),
]);

/** Postgres refuses the 30th of February with an error that is not the caller's. */
function isOnCalendar(position: string): boolean {
  const text = position.slice(0, 19).replace(' ', 'T');
  const date = new Date(`${text}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === text;
}

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
      message: 'This cursor is none that a page ended with.',
      hint: 'Use `next` of the page before, unchanged, or leave it out.',
      cause,
    });
  }
}
