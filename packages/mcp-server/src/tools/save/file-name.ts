import { AtelierError } from '@atelier/sdk/errors';

export interface SafeFileName {
  /** Folders, then the file. */
  readonly segments: readonly string[];
  /** Lower case, without the dot. */
  readonly extension: string;
}

/** Windows takes these for devices, with any extension. */
const devices = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
/** What file systems reserve or hide, and what makes a name look like another: control and format characters, lone surrogates. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}<>:"|?*\\\u2028\u2029]/u;
const mostFolders = 4;
/** Most file systems count bytes. */
const mostBytes = 200;

/**
 * A relative path that means the same file on every system, and never one elsewhere. Throws `invalid-input`.
 * @param extensions those that are written, in lower case
 */
export function checkFileName(name: string, extensions: readonly string[]): SafeFileName {
  const segments = name.normalize('NFC').split('/');
  const wrong =
    segments.length > mostFolders + 1 ? `more than ${mostFolders} folders` : segments.map(faultOf).find(Boolean);
  if (wrong) throw refused(`it has ${wrong}`);
  const extension = /[^.]\.([A-Za-z]+)$/.exec(segments.at(-1) ?? '')?.[1]?.toLowerCase() ?? '';
  if (extensions.includes(extension)) return { segments, extension };
  throw refused(`it does not end in ${extensions.map((known) => `.${known}`).join(', ')}`);
}

function faultOf(segment: string): string | undefined {
  if (segment === '') return 'an empty part: it must be relative, without a slash at its start or end';
  if (segment.startsWith('.')) return 'a part that begins with a dot';
  if (segment !== segment.trim() || segment.endsWith('.')) return 'a space or a dot at the edge of a part';
  if (unsafe.test(segment)) return 'a character that not every file system takes';
  if (devices.test(segment)) return 'a part that Windows takes for a device';
  return Buffer.byteLength(segment) > mostBytes ? `a part of more than ${mostBytes} bytes` : undefined;
}

const refused = (why: string): AtelierError =>
  new AtelierError({
    code: 'invalid-input',
    message: `The picture cannot be saved under this name: ${why}.`,
    hint: 'Give a file name like "beach.png", or a relative path like "trip/beach.png".',
  });
