import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Image } from '../image/image.ts';
import { Mask } from '../image/mask.ts';
import type { AssetStore } from './asset-store.ts';
import { fileAssetStore } from './file-asset-store.ts';
import { Library } from './library.ts';
import { memoryAssetStore } from './memory-asset-store.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atelier-assets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const gradient = () =>
  Image.fromPixels({ width: 16, height: 8, data: Uint8Array.from({ length: 16 * 8 * 4 }, (_, i) => (i * 7) % 256) });

describe.each<[string, () => AssetStore]>([
  ['memory', memoryAssetStore],
  ['files', () => fileAssetStore(join(folder, 'assets'))],
])('asset store in %s', (_name, create) => {
  it('gives back what was put, and nothing across scopes', async () => {
    const store = create();
    const bytes = new Uint8Array([1, 2, 3]);
    await store.put('one', 'img_a', { bytes, mediaType: 'image/png' });
    const found = await store.get('one', 'img_a');
    expect(found?.mediaType).toBe('image/png');
    expect([...(found?.bytes ?? [])]).toEqual([1, 2, 3]);
    expect(await store.get('two', 'img_a')).toBeUndefined();
    expect(await store.has('two', 'img_a')).toBe(false);
    await store.delete('one', 'img_a');
    expect(await store.has('one', 'img_a')).toBe(false);
    await store.delete('nobody', 'img_a');
  });

  it('keeps pictures to the last bit, colour under full transparency included', async () => {
    const store = create();
    const image = await gradient();
    await new Library(store, 'library').putImage(image);
    const again = await new Library(store, 'library').getImage(image.id);
    expect(again.id).toBe(image.id);
    expect(Buffer.compare(again.data, image.data)).toBe(0);
  });

  it('keeps masks with what they were cut out from', async () => {
    const library = new Library(create(), 'masks');
    const mask = Mask.fromBox({ width: 9, height: 7 }, { x: 2, y: 1, width: 3, height: 4 });
    const things = [{ label: 'cup', score: 0.5, box: { x: 2, y: 1, width: 3, height: 4 }, phrase: 'the cup' }];
    const stored = await library.getMask(await library.putMask(mask, things));
    expect(stored.mask.id).toBe(mask.id);
    expect(stored.things).toEqual(things);
  });

  it('says which id is missing', async () => {
    const library = new Library(create(), 'empty');
    await expect(library.getImage('img_nothing')).rejects.toMatchObject({ code: 'not-found' });
    await expect(library.getMask('mask_nothing')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('asset files', () => {
  it.each(['../up', 'a/b', '.hidden', '', 'x'.repeat(200)])('refuse the scope %j', async (scope) => {
    await expect(fileAssetStore(folder).get(scope, 'img_a')).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('leave no temporary file behind', async () => {
    const store = fileAssetStore(join(folder, 'tidy'));
    await store.put('one', 'img_a', { bytes: new Uint8Array(1000), mediaType: 'image/png' });
    expect(await readdir(join(folder, 'tidy', 'one'))).toEqual(['img_a.png']);
  });
});
