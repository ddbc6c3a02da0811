import { readdir } from 'node:fs/promises';
import { photoName } from '../../files/photo.ts';
import type { PictureFormat } from '../../files/picture-format.ts';
import type { Journal } from './journal.ts';
import type { NameEntry } from './journal-entry.ts';

const endings: Readonly<Record<PictureFormat, string>> = { png: 'png', jpeg: 'jpg', webp: 'webp' };

interface NameOptions {
  readonly folder: string;
  /** Paths from the folder, in order. */
  readonly photos: readonly string[];
  readonly suffix: string;
  readonly format: PictureFormat;
}

/**
 * A file for each photo: the one it had before, else `NAME.png`, or the first of `NAME-2.png`, `-3`, ... that is free. Nobody
 * else's file is taken, also where names differ only in case, which some file systems do not tell apart.
 */
export async function nameOutputs(
  journal: Journal,
  { folder, photos, suffix, format }: NameOptions,
): Promise<readonly NameEntry[]> {
  const taken = new Set([...journal.outputs, ...(await readdir(folder))].map(folded));
  return photos.map((photo) => {
    const known = journal.nameOf({ photo, suffix, format });
    const output = known ?? freeName(`${plainName(photo)}${suffix === '' ? '' : `-${suffix}`}`, endings[format], taken);
    taken.add(folded(output));
    return { kind: 'name', photo, suffix, format, output };
  });
}

/** A hidden photo has a result that is seen, and never the name of a file of the batch itself. */
const plainName = (photo: string): string => photoName(photo).replace(/^\.+/, '') || 'picture';

function freeName(name: string, ending: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const file = `${name}${number === 1 ? '' : `-${number}`}.${ending}`;
    if (!taken.has(folded(file))) return file;
  }
}

const folded = (name: string): string => name.normalize('NFC').toLowerCase();
