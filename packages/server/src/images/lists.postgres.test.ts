import { local } from '@atelier/local';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { formWith, jsonOf, openTestApp, photo, problemOf, type TestApp } from './__fixtures__/test-app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await openTestApp(inject('postgres'), [local({ threads: 1 })]);
});
afterAll(() => test?.close());

interface Page {
  readonly images: readonly { readonly id: string; readonly width: number; readonly url: string }[];
  readonly sessions: readonly { readonly id: string; readonly current: { readonly previewUrl: string } }[];
  readonly next: string | null;
}
type Tenant = 'one' | 'two';
const get = async (path: string, tenant: Tenant = 'one') => jsonOf<Page>(await test.ask(path, { tenant }));
const imagesOf = async (query = '', tenant: Tenant = 'one') =>
  (await get(`/images${query}`, tenant)).images.map(({ id }) => id);
const upload = async (name: string): Promise<string> =>
  (await jsonOf(await test.ask('/images', { method: 'POST', body: formWith(await photo(name)) }))).id;
const edit = async (image: string, session: string, operation = 'brighten'): Promise<string> => {
  const input = { image, operation, region: 'everything' };
  const answer = await test.post('/tools/adjust_image', { session, input });
  return (await jsonOf<{ output: { image: string } }>(answer)).output.image;
};

describe('GET /images', () => {
  it('lists what was sent and what was made, newest first, in pages, and nothing that only questions show', async () => {
    expect(await get('/images')).toEqual({ images: [], next: null });
    const cups = await upload('two-cups.png');
    const coffee = await upload('coffee.png');
    const bright = await edit(coffee, 'bright');
    await test.post('/tools/segment_object', { input: { image: cups, phrase: 'the cup' } });
    expect(await imagesOf()).toEqual([bright, coffee, cups]);
    expect(await imagesOf('', 'two')).toEqual([]);
    await upload('two-cups.png');
    expect(await imagesOf()).toEqual([cups, bright, coffee]);
    const first = await get('/images?limit=2');
    expect(first.images).toMatchObject([{ id: cups, width: 1200 }, { id: bright }]);
    expect((await test.ask(first.images[0]?.url ?? '', { tenant: null })).status).toBe(200);
    const second = await get(`/images?limit=2&cursor=${first.next}`);
    expect(second).toMatchObject({ images: [{ id: coffee }], next: null });
    expect(await imagesOf(`?prefix=${coffee.slice(0, 10)}`)).toEqual([coffee]);
    expect(await imagesOf('?prefix=img_')).toHaveLength(3);
    expect(await imagesOf('?prefix=img_zz')).toEqual([]);
    const made = await test.post('/vision/adjust', { image: cups, operation: 'desaturate', region: 'everything' });
    const { image } = await jsonOf<{ image: { id: string } }>(made);
    expect(await imagesOf('?limit=1')).toEqual([image.id]);
  });

  it('forgets what was deleted', async () => {
    const [latest = ''] = await imagesOf();
    await test.services.assets.delete('one', latest);
    expect(await imagesOf()).not.toContain(latest);
  });

  it.each(['limit=0', 'limit=101', 'limit=a', 'cursor=a', 'prefix=%25', 'prefix=IMG', `prefix=${'a'.repeat(37)}`])(
    'refuses %s',
    async (query) => {
      expect(await problemOf(await test.ask(`/images?${query}`))).toEqual({ status: 400, code: 'invalid-input' });
    },
  );
});

describe('GET /sessions', () => {
  it('lists them, the last used first, in pages', async () => {
    const image = await upload('coffee.png');
    for (const session of ['first', 'second.one', 'third']) await edit(image, session);
    const current = await edit(image, 'first', 'desaturate');
    const page = await get('/sessions?limit=2');
    expect(page.sessions).toMatchObject([
      { id: 'first', edits: 2, head: expect.stringMatching(/^edit_/), current: { id: current, width: 600 } },
      { id: 'third', edits: 1 },
    ]);
    expect((await test.ask(page.sessions[0]?.current.previewUrl ?? '', { tenant: null })).status).toBe(200);
    const next = await get(`/sessions?limit=1&cursor=${page.next}`);
    expect(next.sessions.map(({ id }) => id)).toEqual(['second.one']);
    const rest = await get(`/sessions?cursor=${next.next}`);
    expect(rest.sessions.map(({ id }) => id)).not.toContain('second.one');
    expect(await get('/sessions', 'two')).toEqual({ sessions: [], next: null });
  });

  it('finds those that know a picture', async () => {
    const image = await upload('coffee.png');
    const { sessions } = await get(`/sessions?knows=${image}&limit=2`);
    expect(sessions.map(({ id }) => id)).toEqual(['first', 'third']);
    expect((await get(`/sessions?knows=${image}`, 'two')).sessions).toEqual([]);
    expect(await problemOf(await test.ask('/sessions?knows=coffee.png'))).toMatchObject({ status: 400 });
  });
});
