import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultMaxBytes } from '../image/decode.ts';
import { encodeImage } from '../image/encode.ts';
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

  it('gives back with a mask what it was cut out from, whatever else has the same pixels', async () => {
    const library = new Library(create(), 'same-pixels');
    const box = { x: 2, y: 1, width: 3, height: 4 };
    const mask = Mask.fromBox({ width: 9, height: 7 }, box);
    const cup = [{ label: 'cup', score: 0.5, box, phrase: 'the cup' }];
    const bowl = [{ label: 'bowl', score: 0.4, box, phrase: 'the bowl' }];
    const ids = [await library.putMask(mask, cup), await library.putMask(mask), await library.putMask(mask, bowl)];
    expect(ids[1]).toBe(mask.id);
    for (const id of ids) expect(id).toMatch(/^mask_[0-9a-f]{32}$/);
    const stored = await Promise.all(ids.map((id) => library.getMask(id)));
    expect(stored.map(({ things }) => things)).toEqual([cup, [], bowl]);
    for (const { mask: again } of stored) expect(again.id).toBe(mask.id);
    expect(await library.putMask(mask, [{ ...cup[0], box: { ...box } }])).toBe(ids[0]);
  });

  it('keeps the first content of an id', async () => {
    const store = create();
    for (const byte of [1, 2])
      await store.put('twice', 'img_a', { bytes: Uint8Array.of(byte), mediaType: 'image/png' });
    expect([...((await store.get('twice', 'img_a'))?.bytes ?? [])]).toEqual([1]);
  });

  it('does not pass off another picture or mask as the one asked for', async () => {
    const store = create();
    const [image, mask] = [
      await gradient(),
      Mask.fromBox({ width: 9, height: 7 }, { x: 2, y: 1, width: 3, height: 4 }),
    ];
    const [png, json] = [await encodeImage(image, { format: 'png' }), JSON.stringify({ ...mask.toRle(), things: [] })];
    const wrong = '0'.repeat(32);
    const library = new Library(store, 'swapped');
    await store.put('swapped', `img_${wrong}`, png);
    await store.put('swapped', `mask_${wrong}`, { bytes: Buffer.from(json), mediaType: 'application/json' });
    await store.put('swapped', `mask_${wrong}1`, { bytes: Buffer.from('{'), mediaType: 'application/json' });
    await expect(library.getImage(`img_${wrong}`)).rejects.toMatchObject({
      code: 'image-invalid',
      message: expect.stringContaining(image.id),
    });
    await expect(library.getMask(`mask_${wrong}`)).rejects.toMatchObject({ code: 'mask-invalid' });
    await expect(library.getMask(`mask_${wrong}1`)).rejects.toMatchObject({ code: 'mask-invalid' });
  });

  it('reads its own files back however large they are', async () => {
    const store = create();
    const image = await gradient();
    const { bytes: png, mediaType } = await encodeImage(image, { format: 'png' });
    // What follows the end of a PNG is no part of it, but counts as length.
    const bytes = new Uint8Array(defaultMaxBytes + 1);
    bytes.set(png);
    await store.put('large', image.id, { bytes, mediaType });
    expect((await new Library(store, 'large').getImage(image.id)).id).toBe(image.id);
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

  it('refuse what they could not give back', async () => {
    const asset = { bytes: Uint8Array.of(1), mediaType: 'image/x-unknown' };
    await expect(fileAssetStore(join(folder, 'types')).put('one', 'img_a', asset)).rejects.toMatchObject({
      code: 'invalid-input',
      hint: expect.stringContaining('image/png'),
    });
  });

  it('leave no temporary file behind', async () => {
    const store = fileAssetStore(join(folder, 'tidy'));
    await store.put('one', 'img_a', { bytes: new Uint8Array(1000), mediaType: 'image/png' });
    expect(await readdir(join(folder, 'tidy', 'one'))).toEqual(['img_a.png']);
  });
});
