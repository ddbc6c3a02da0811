import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { closeShared, type Host, openHost } from '../../tools/sdk-tools/__fixtures__/host.ts';

const photos = fileURLToPath(new URL('../../../../../photos', import.meta.url));
const photo = `${photos}/coffee.png`;
const tenant = { scope: 'one', may: { look: true, edit: true } };

const open: Host[] = [];
const host = async (options: Parameters<typeof openHost>[0] = {}): Promise<Host> => {
  const opened = await openHost({ roots: [photos], ...options });
  open.push(opened);
  return opened;
};
afterAll(async () => {
  for (const each of open) await each.close();
  await closeShared();
});

const adjust = async ({ call }: Host, image: unknown, operation: string) =>
  (await call('adjust_image', { image, operation, region: 'everything' })).structuredContent ?? {};

describe('taking back an edit by its id', () => {
  it('goes to the latest picture that rests on it, whatever is shown', async () => {
    const desk = await host();
    const bright = await adjust(desk, photo, 'brighten');
    const grey = await adjust(desk, bright.image, 'desaturate');
    // From here the session shows a branch that rests on neither.
    await adjust(desk, photo, 'sharpen');
    const undone = await desk.call('undo_edit', { edit: bright.edit });
    expect(undone.structuredContent).toMatchObject({ undone: bright.edit, replayed: [expect.any(String)] });
    expect(undone.structuredContent?.image).not.toBe(grey.image);
    // Taken back twice, it stays taken back.
    const again = await desk.call('undo_edit', { edit: grey.edit });
    expect(again.structuredContent).toMatchObject({ image: bright.image });
  });
});

describe('two conversations of one tenant over HTTP that begin with one photograph', () => {
  it('edit it apart, and each takes back its own', async () => {
    const desk = await host({ principal: tenant });
    const { image } = (await desk.call('load_image', { source: photo })).structuredContent ?? {};
    await desk.call('load_image', { source: photo });
    const [mine, theirs] = [await adjust(desk, image, 'brighten'), await adjust(desk, image, 'desaturate')];
    expect((await desk.call('undo_edit', { edit: mine.edit })).structuredContent).toMatchObject({ image });
    const more = await adjust(desk, theirs.image, 'sharpen');
    expect((await desk.call('undo_edit', { edit: more.edit })).structuredContent).toMatchObject({
      image: theirs.image,
    });
  });

  it('are not held up by what the other is asked', async () => {
    const desk = await host({ principal: tenant });
    const cups = { image: `${photos}/two-cups.png`, prompt: 'remove the cup' };
    expect((await desk.call('edit_image', cups)).structuredContent).toMatchObject({ state: 'waiting' });
    const edit = await desk.call('adjust_image', { image: cups.image, operation: 'brighten', region: 'everything' });
    expect(edit.structuredContent).toMatchObject({ edit: expect.any(String) });
  });
});

describe('a session with an open question', () => {
  it('takes no other task, and says which question', async () => {
    const desk = await host();
    const cups = { image: `${photos}/two-cups.png`, prompt: 'remove the cup' };
    const { job } = (await desk.call('edit_image', cups)).structuredContent ?? {};
    const refused = await desk.call('edit_image', { image: photo, prompt: 'make it brighter' });
    expect(refused._meta?.['atelier/error']).toMatchObject({ code: 'conflict', details: { job } });
    await desk.call('cancel_job', { job });
    const done = await desk.call('edit_image', { image: photo, prompt: 'make it brighter' });
    expect(done.structuredContent).toMatchObject({ state: 'succeeded' });
  });
});
