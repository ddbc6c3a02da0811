import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { safeName, safeNamePattern } from '@atelier/sdk/tools';
import { z } from 'zod';
import { newestFiles } from './newest-files.ts';
import { mostKept, type PictureIndex } from './picture-index.ts';
import { Pruner } from './pruner.ts';

const entrySchema = z.object({ session: z.string(), width: z.number().optional(), height: z.number().optional() });
type Entry = z.infer<typeof entrySchema>;

/**
 * Keeps one small file for each picture, edit and session, in `FOLDER/pictures`, `FOLDER/edits` and `FOLDER/sessions`, and for each
 * of them in each session in `FOLDER/sights`. Safe for several processes: the latest sight counts.
 *
 * @param most how many of each kind are kept; a few more between two looks
 */
export function filePictureIndex(folder: string, most: number = mostKept): PictureIndex {
  const pruner = new Pruner(folder, { pictures: most, edits: most, sessions: most, sights: 2 * most });
  // Not synced to the disk: what a crash takes from here is a convenience, and every call waits for it.
  const write = async (kind: string, name: string, entry: Entry): Promise<void> => {
    const temporary = join(folder, '.writing', randomUUID());
    await mkdir(join(folder, '.writing'), { recursive: true });
    await mkdir(join(folder, kind), { recursive: true });
    await writeFile(temporary, JSON.stringify(entry));
    await rename(temporary, join(folder, kind, safeName('name', name)));
    pruner.wrote(kind);
  };
  const picture = async (id: string) => {
    if (!safeNamePattern.test(id)) return undefined;
    const { width, height } = (await read(join(folder, 'pictures', id))) ?? {};
    return width === undefined || height === undefined ? undefined : { id, width, height };
  };
  const newest = async (kind: string, limit: number, startsWith: string) => {
    const isWanted = (name: string) => safeNamePattern.test(name) && name.startsWith(startsWith);
    return (await newestFiles(join(folder, kind), isWanted)).slice(0, limit);
  };
  return {
    async saw({ session, images = [], edits = [] }) {
      await Promise.all([
        write('sessions', session, { session }),
        ...edits.map((edit) => write('edits', edit, { session })),
        ...images.map(({ id, width, height }) => write('pictures', id, { session, width, height })),
        ...[...edits, ...images.map(({ id }) => id)].map((id) => write('sights', sightOf(session, id), { session })),
      ]);
    },
    async knows(session, reference) {
      return (await read(join(folder, 'sights', sightOf(session, reference))))?.session === session;
    },
    async sessionOf(reference) {
      if (!safeNamePattern.test(reference)) return undefined;
      const kind = reference.startsWith('img_') ? 'pictures' : 'edits';
      return (await read(join(folder, kind, reference)))?.session;
    },
    picture,
    async forget(id) {
      if (safeNamePattern.test(id)) await rm(join(folder, 'pictures', id), { force: true }).catch(() => {});
    },
    async pictures(limit, startsWith = '') {
      const names = await newest('pictures', limit, startsWith);
      return (await Promise.all(names.map(picture))).filter((known) => known !== undefined);
    },
    sessions: (limit) => newest('sessions', limit, ''),
  };
}

/** Two names together may be too long for a file's. */
const sightOf = (session: string, reference: string): string =>
  createHash('sha256').update(`${session} ${reference}`).digest('hex').slice(0, 40);

/** Undefined for what is not there, and for what somebody else wrote there. */
async function read(path: string): Promise<Entry | undefined> {
  try {
    return entrySchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
