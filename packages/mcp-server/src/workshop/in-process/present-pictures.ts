import type { PictureInfo } from '../workshop.ts';
import type { PictureIndex } from './picture-index.ts';

/** How often the place of pictures that are gone is filled with older ones. */
const rounds = 3;

/**
 * The newest pictures of an index whose files are still there; what is gone is forgotten. Of few pictures there may be fewer than
 * the limit where many are gone.
 */
export async function presentPictures(
  index: Pick<PictureIndex, 'pictures' | 'forget'>,
  isThere: (id: string) => Promise<boolean>,
  limit: number,
  startsWith?: string,
): Promise<readonly PictureInfo[]> {
  for (let round = 1; ; round++) {
    const listed = await index.pictures(limit, startsWith);
    const found = await Promise.all(listed.map(({ id }) => isThere(id)));
    const gone = listed.filter((_picture, at) => !found[at]);
    await Promise.all(gone.map(({ id }) => index.forget(id)));
    if (gone.length === 0 || round === rounds) return listed.filter((_picture, at) => found[at]);
  }
}
