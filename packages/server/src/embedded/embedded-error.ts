import { AtelierError, type AtelierErrorCode } from '@atelier/sdk/errors';

export const embeddedError = (
  code: AtelierErrorCode,
  message: string,
  hint: string,
  details?: Readonly<Record<string, unknown>>,
  cause?: unknown,
): AtelierError => new AtelierError({ code, message, hint, ...(details ? { details } : {}), cause });

const ownServer = 'or set DATABASE_URL to a Postgres of your own';

/** What went wrong, from what initdb, pg_ctl or the server's log said. */
export function programFailed(doing: string, output: string): AtelierError {
  const said = { output: output.slice(-2000) };
  if (/No space left on device|disk full|could not extend file/i.test(output)) {
    return embeddedError('output-not-writable', `The disk is full: ${doing}.`, `Make room, ${ownServer}.`, said);
  }
  if (/Permission denied|Read-only file system/i.test(output)) {
    const hint = `See whether the account may write there, ${ownServer}.`;
    return embeddedError('output-not-writable', `The embedded Postgres may not write: ${doing}.`, hint, said);
  }
  const last = output.trim().split('\n').at(-1) ?? '';
  const message = `The embedded Postgres failed: ${doing}${last === '' ? '' : ` (${last.slice(0, 300)})`}.`;
  return embeddedError('server-unavailable', message, `Look at its log in the folder, ${ownServer}.`, said);
}

/** The file system said no, before Postgres had a say. */
export function folderFailed(folder: string, cause: unknown): AtelierError {
  if (AtelierError.isInstance(cause)) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  const reasons: Readonly<Record<string, string>> = {
    EROFS: 'the file system is read-only',
    EACCES: 'this account may not write there',
    EPERM: 'this account may not write there',
    ENOSPC: 'the disk is full',
    ENOENT: 'no folder can be made there',
    ENOTDIR: 'a part of the path is a file',
    EEXIST: 'a part of the path is a file',
  };
  return embeddedError(
    'output-not-writable',
    `The database cannot be kept in ${folder}: ${reasons[code] ?? code}.`,
    `Choose another folder for the data, ${ownServer}.`,
    { folder },
    cause,
  );
}
