import { AtelierError } from '@atelier/sdk/errors';

/**
 * The error with the file of its numbered picture in place of the picture's id, which means nothing outside the session;
 * with neither where no file was written.
 */
export function withOverlay(error: unknown, path: string | undefined): unknown {
  if (!AtelierError.isInstance(error) || error.details === undefined) return error;
  const { overlay: _id, ...details } = error.details;
  const { code, message, hint, cause } = error;
  return new AtelierError({
    code,
    message,
    cause,
    ...(hint === undefined ? {} : { hint }),
    details: path === undefined ? details : { ...details, overlay: path },
  });
}
