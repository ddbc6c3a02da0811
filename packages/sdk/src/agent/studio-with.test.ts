import { beforeAll, expect, it } from 'vitest';
import { memoryAssetStore } from '../assets/memory-asset-store.ts';
import { Image } from '../image/image.ts';
import { scriptedBrain, squareBackend, squares } from './__fixtures__/scripted.ts';
import { atelier } from './atelier.ts';

let image: Image;
beforeAll(async () => {
  image = await squares();
});

it('gives the same backends and brain to another tenant, who sees nothing of the first', async () => {
  const studio = atelier({
    backends: [squareBackend()],
    brain: scriptedBrain([[{ tool: 'plan', input: { steps: [] } }], 'Seen.']),
  });
  const theirs = studio.with({ scope: 'theirs' });
  const session = studio.session({ id: 'same', image });
  await session.image();
  expect(await theirs.session({ id: 'same' }).image()).toBeNull();
  await expect(theirs.session().loadImage(image.id)).rejects.toMatchObject({ code: 'not-found' });
  const { answer } = await theirs.session({ image }).run('look').result;
  expect(answer).toBe('Seen.');
  // The stores are the same: the scope alone divides them.
  expect((await studio.with({}).session({ id: 'same' }).image())?.id).toBe(image.id);
});

it('reads from the stores it is given, and keeps as many decoded pictures at hand as it is allowed', async () => {
  let reads = 0;
  const store = memoryAssetStore();
  const assets = {
    ...store,
    get: async (scope: string, id: string) => {
      reads++;
      return store.get(scope, id);
    },
  };
  const studio = atelier({ backends: [squareBackend()] });
  const other = await Image.fromPixels({ width: 8, height: 8, data: new Uint8Array(8 * 8 * 4).fill(255) });
  const filling = studio.with({ assets }).session({ images: [image, other] });
  await filling.image();
  const readsOf = async (cacheBytes: number | undefined) => {
    const session = studio.with({ assets, cacheBytes }).session();
    reads = 0;
    for (const id of [image.id, other.id, image.id, other.id]) await session.loadImage(id);
    return reads;
  };
  expect(await readsOf(undefined)).toBe(2);
  // The latest one is kept whatever its size.
  expect(await readsOf(1)).toBe(4);
});
