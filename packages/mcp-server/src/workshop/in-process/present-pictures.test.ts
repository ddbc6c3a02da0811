import { expect, it } from 'vitest';
import { memoryPictureIndex } from './picture-index.ts';
import { presentPictures } from './present-pictures.ts';

it('pictures that are gone make room for older ones, and are not asked for again', async () => {
  const index = memoryPictureIndex();
  const ids = Array.from({ length: 40 }, (_, at) => `img_${String(at).padStart(32, '0')}`);
  for (const id of ids) await index.saw({ session: 'one', images: [{ id, width: 4, height: 3 }] });
  const asked: string[] = [];
  const isThere = async (id: string) => {
    asked.push(id);
    return Number(id.slice(4)) < 30;
  };
  const listed = await presentPictures(index, isThere, 8);
  expect(listed.map(({ id }) => id)).toEqual(ids.slice(22, 30).reverse());
  const before = asked.length;
  expect(await presentPictures(index, isThere, 8)).toEqual(listed);
  expect(asked.length - before).toBe(8);
});
