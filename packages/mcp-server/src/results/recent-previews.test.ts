import { atelier } from '@atelier/sdk';
import { expect, it, vi } from 'vitest';
import { inProcessWorkshops } from '../workshop/in-process/in-process-workshops.ts';
import type { Workshop } from '../workshop/workshop.ts';
import { recentPreview, type WantedPreview } from './recent-previews.ts';

const { signal } = new AbortController();

async function withPicture(scope = 'default') {
  const workshops = inProcessWorkshops({ studio: async () => atelier({ backends: [] }), approve: 'never' });
  const workshop = workshops.of({ scope, may: { look: true, edit: true } });
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
  const { id } = await workshop.takeBytes(Buffer.from(png, 'base64'));
  const preview = vi.spyOn(workshop, 'preview');
  const show = (wanted: Partial<WantedPreview> = {}, of: Workshop = workshop) =>
    recentPreview(of, { id, mask: undefined, maxBytes: 20_000, signal, ...wanted });
  return { workshop, preview, show, workshops };
}

it('shows a picture again without making its preview again', async () => {
  const { workshop, preview, show } = await withPicture();
  const first = await show();
  expect(first).toEqual(await workshop.preview((await workshop.recentPictures())[0]?.id ?? '', { maxBytes: 20_000 }));
  preview.mockClear();
  expect(await show()).toBe(first);
  expect(await show({ maxBytes: 10_000 })).toBe(first);
  expect(preview).not.toHaveBeenCalled();
});

it('makes it again where it may take more, or no longer fits', async () => {
  const { preview, show } = await withPicture();
  const { bytes } = await show();
  await show({ maxBytes: 30_000 });
  await show({ maxBytes: bytes.length - 1 });
  expect(preview).toHaveBeenCalledTimes(3);
});

it('keeps nothing of one tenant for another', async () => {
  const { workshops, show } = await withPicture();
  await show();
  const other = workshops.of({ scope: 'other', may: { look: true, edit: true } });
  await expect(show({}, other)).rejects.toMatchObject({ code: 'not-found' });
});

it('keeps no more than the latest, and nothing of a failure', async () => {
  const { workshop, preview, show } = await withPicture();
  await expect(show({ mask: `mask_${'0'.repeat(32)}` })).rejects.toMatchObject({ code: 'not-found' });
  await show();
  const others = Array.from({ length: 16 }, (_, index) => `mask_${index}`);
  preview.mockImplementation(async () => ({ bytes: new Uint8Array(1), mediaType: 'image/png' }));
  for (const mask of others) await show({ mask });
  preview.mockClear();
  await show();
  expect(preview).toHaveBeenCalledTimes(1);
  expect(workshop.kind).toBe('sdk');
});
