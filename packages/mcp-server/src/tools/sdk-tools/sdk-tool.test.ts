import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeImage } from '@atelier/sdk/image';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeShared, type Host, openHost, owner, type Person } from './__fixtures__/host.ts';

const photos = fileURLToPath(new URL('../../../../../photos', import.meta.url));
const photo = (name: string) => join(photos, name);
const second: Person = () => ({ action: 'accept', content: { choice: '2' } });

const open: Host[] = [];
const host = async (...options: Parameters<typeof openHost>): Promise<Host> => {
  const opened = await openHost(...options);
  open.push(opened);
  return opened;
};
afterAll(async () => {
  for (const each of open) await each.close();
  await closeShared();
});

const textOf = (result: { content: readonly { type: string; text?: string }[] }): string =>
  result.content.flatMap(({ text }) => text ?? []).join('\n');

describe('a picture', () => {
  let desk: Host;
  beforeAll(async () => {
    desk = await host({ roots: [photos] });
  });

  it('is loaded by its path, shown small and linked whole', async () => {
    const result = await desk.call('load_image', { source: photo('coffee.png') });
    expect(result.structuredContent).toEqual({ image: expect.stringMatching(/^img_/), width: 600, height: 400 });
    const [words, preview, link] = result.content;
    expect(JSON.parse(words?.type === 'text' ? words.text : '')).toEqual(result.structuredContent);
    if (preview?.type !== 'image') throw new Error('There is no preview.');
    const small = await decodeImage(Buffer.from(preview.data, 'base64'));
    expect([small.width, small.height]).toEqual([600, 400]);
    const { length } = await readFile(photo('coffee.png'));
    expect(link).toMatchObject({
      type: 'resource_link',
      uri: `atelier://images/${result.structuredContent?.image}`,
      mimeType: 'image/png',
      size: length,
      annotations: { audience: ['user'] },
    });
  });

  it('is what an edit without a picture is of once it was loaded, and not because it was looked at', async () => {
    const own = await host({ roots: [photos] });
    const { structuredContent } = await own.call('load_image', { source: photo('coffee.png') });
    await own.call('detect_objects', { image: photo('two-cups.png'), phrases: ['cup'] });
    await own.call('ask_image', { image: photo('two-cups.png'), question: 'How many cups are there?' });
    expect((await own.workshop.history('desk')).image).toBe(structuredContent?.image);
    const edited = await own.call('edit_image', { prompt: 'make it black and white' });
    expect(edited.structuredContent).toMatchObject({ state: 'succeeded' });
    const [edit] = (await own.workshop.history('desk')).edits;
    expect(edit?.before).toBe(structuredContent?.image);
  });

  it('says in its annotations what it changes and how far it reaches', async () => {
    const hintsOf = async ({ client }: Host) =>
      Object.fromEntries((await client.listTools()).tools.map(({ name, annotations }) => [name, annotations]));
    const shut = await hintsOf(await host());
    const [byPath, byUrl] = [await hintsOf(desk), await hintsOf(await host({ urls: () => true }))];
    for (const hints of [shut, byPath, byUrl]) {
      expect(hints.load_image).toMatchObject({ readOnlyHint: false, idempotentHint: true, openWorldHint: true });
      expect(hints.detect_objects).toMatchObject({ readOnlyHint: true });
      expect(hints.undo_edit).toMatchObject({ readOnlyHint: false, openWorldHint: false });
    }
    for (const name of [
      'ask_image',
      'detect_objects',
      'segment_object',
      'remove_object',
      'adjust_image',
      'edit_image',
    ]) {
      expect(shut[name]).toMatchObject({ openWorldHint: false });
      for (const hints of [byPath, byUrl]) expect(hints[name]).toMatchObject({ openWorldHint: true });
    }
  });

  it.each(['path', 'name', 'id', 'address', 'data URL', 'file URL'])(
    'may be named by its %s in every tool',
    async (kind) => {
      const { structuredContent } = await desk.call('load_image', { source: photo('coffee.png') });
      const id = String(structuredContent?.image);
      const bytes = await readFile(photo('coffee.png'));
      const names: Record<string, string> = {
        path: photo('coffee.png'),
        name: 'coffee.png',
        id,
        address: `atelier://images/${id}`,
        'data URL': `data:image/png;base64,${bytes.toString('base64')}`,
        'file URL': `file://${photo('coffee.png')}`,
      };
      const result = await desk.call('ask_image', { image: names[kind], question: 'How many cups are there?' });
      expect(result.structuredContent).toMatchObject({ answer: expect.stringMatching(/one|1/i) });
    },
  );

  it.each([
    ['a path outside the folders', '/etc/passwd', 'not-allowed'],
    ['a way out of the folders', `${photos}/../package.json`, 'not-allowed'],
    ['a name that no folder has', 'photos/nothing.png', 'not-found'],
    ['a way out by a name', '../package.json', 'not-found'],
    ['an unknown id', `img_${'0'.repeat(32)}`, 'not-found'],
    ['half an id', 'img_12', 'not-found'],
    ['an address', 'https://example.org/a.png', 'not-allowed'],
    ['a broken data URL', 'data:image/png;base64,AAAA', 'image-invalid'],
    ['a data URL that is too long', `data:image/png;base64,${'A'.repeat(1_100_000)}`, 'image-too-large'],
    ['a missing file', join(photos, 'nothing.png'), 'not-found'],
  ])('is refused as %s', async (_name, image, code) => {
    const result = await desk.call('detect_objects', { image, phrases: [] });
    expect(result.isError).toBe(true);
    expect(result._meta?.['atelier/error']).toMatchObject({ code });
    expect(textOf(result)).toContain(`(${code}`);
  });

  it('is not read from the disk where no folder was allowed', async () => {
    const shut = await host();
    const result = await shut.call('load_image', { source: photo('coffee.png') });
    expect(textOf(result)).toMatch(/--root/);
    expect(result._meta?.['atelier/error']).toMatchObject({ code: 'not-allowed' });
  });

  it('is left out of results for hosts that show none', async () => {
    const blind = await host({ roots: [photos], images: 'off' });
    const { content } = await blind.call('detect_objects', { image: photo('coffee.png'), phrases: ['cup'] });
    expect(content.map(({ type }) => type)).not.toContain('image');
  });
});

describe.each(['modern', 'legacy'] as const)('"which one?" on a %s host', (era) => {
  const request = { image: photo('two-cups.png'), phrase: 'the cup' };

  it('is asked of the person where the host can', async () => {
    const desk = await host({ roots: [photos], era, person: second });
    const { structuredContent } = await desk.call('segment_object', request);
    expect(desk.asked).toEqual([expect.stringMatching(/2 that could be "the cup".*from left to right/)]);
    expect(structuredContent).toMatchObject({ mask: expect.any(String), box: { x: expect.any(Number) } });
    const { box } = structuredContent as { box: { x: number } };
    expect(box.x).toBeGreaterThan(600);
  });

  it('leaves everything as it is where the person says no', async () => {
    const desk = await host({ roots: [photos], era, person: () => ({ action: 'decline' }) });
    const result = await desk.call('remove_object', request);
    expect(result._meta?.['atelier/error']).toMatchObject({ code: 'choice-needed' });
    expect(textOf(result)).toMatch(/chose none of them. Nothing was changed/);
    expect((await desk.workshop.history('desk')).edits).toEqual([]);
  });

  it('is told with a numbered picture, and how to go on, where the host cannot ask', async () => {
    const desk = await host({ roots: [photos], era });
    const result = await desk.call('segment_object', request);
    expect(result.structuredContent).toMatchObject({ needs: 'choice', candidates: [{ number: 1 }, { number: 2 }] });
    expect(result.content.map(({ type }) => type)).toContain('image');
    expect(textOf(result)).toMatch(/ask which one is meant; do not choose for them.*"choice": NUMBER/);
    const chosen = await desk.call('segment_object', { ...request, choice: 2 });
    expect(chosen.structuredContent).toMatchObject({ mask: expect.any(String) });
  });

  it('says that something else was seen, where nothing like it was found', async () => {
    const desk = await host({ roots: [photos], era, images: 'off' });
    const result = await desk.call('remove_object', { image: photo('coffee.png'), phrase: 'the cat' });
    expect(result.structuredContent).toMatchObject({ needs: 'choice', reason: 'no-match' });
    expect(textOf(result)).toMatch(/Nothing like "the cat" was found: tell the person so. Describe the candidates/);
  });

  it('takes no number that is not there', async () => {
    const desk = await host({ roots: [photos], era, person: () => ({ action: 'accept', content: { choice: '7' } }) });
    expect((await desk.call('segment_object', request)).isError).toBe(true);
  });
});

describe.each(['modern', 'legacy'] as const)('an edit that needs a yes on a %s host', (era) => {
  const edit = { image: photo('coffee.png'), operation: 'brighten', region: 'everything' };
  const yes =
    (approved: boolean): Person =>
    () => ({ action: 'accept', content: { approved } });

  it('is made once the person has said yes', async () => {
    const desk = await host({ roots: [photos], era, approve: 'edits', person: yes(true) });
    const { structuredContent } = await desk.call('adjust_image', edit);
    expect(desk.asked).toEqual([expect.stringContaining('May I?')]);
    expect(structuredContent).toMatchObject({ changedOutsideMask: 0, edit: expect.any(String) });
  });

  it.each([
    ['says no', yes(false)],
    ['closes the question', (() => ({ action: 'cancel' })) satisfies Person],
  ])('is not made where the person %s', async (_name, person) => {
    const desk = await host({ roots: [photos], era, approve: 'edits', person });
    const result = await desk.call('adjust_image', edit);
    expect(result._meta?.['atelier/error']).toMatchObject({ code: 'not-approved' });
    expect((await desk.workshop.history('desk')).edits).toEqual([]);
  });

  it('asks the model to ask where the host cannot, and takes the word for this call alone', async () => {
    const desk = await host({ roots: [photos], era, approve: 'edits' });
    const { structuredContent } = await desk.call('adjust_image', edit);
    expect(structuredContent).toMatchObject({ needs: 'approval', message: expect.stringContaining('May I?') });
    const approval = structuredContent?.approval;
    const other = await desk.call('adjust_image', { ...edit, operation: 'desaturate', approval });
    expect(other.structuredContent).toMatchObject({ needs: 'approval' });
    const done = await desk.call('adjust_image', { ...edit, approval });
    expect(done.structuredContent).toMatchObject({ edit: expect.any(String) });
    const again = await desk.call('adjust_image', { ...edit, approval });
    expect(again.structuredContent).toMatchObject({ needs: 'approval' });
  });

  it('asks nothing before it looks', async () => {
    const desk = await host({ roots: [photos], era, approve: 'edits', person: yes(false) });
    await desk.call('detect_objects', { image: photo('coffee.png'), phrases: ['cup'] });
    expect(desk.asked).toEqual([]);
  });

  it('asks for the yes and then which one', async () => {
    const person: Person = (message) =>
      message.includes('May I?') ? { action: 'accept', content: { approved: true } } : second(message);
    const desk = await host({ roots: [photos], era, approve: 'edits', person });
    const result = await desk.call('adjust_image', {
      image: photo('two-cups.png'),
      operation: 'recolour',
      parameters: { colour: 'blue' },
      phrase: 'the cup',
    });
    expect(desk.asked.map((message) => message.includes('May I?'))).toEqual([true, false]);
    expect(result.structuredContent).toMatchObject({ edit: expect.any(String), changedOutsideMask: 0 });
  });
});

describe('callers', () => {
  it('who may only look cannot edit', async () => {
    const guest = await host({ roots: [photos], principal: { ...owner, may: { look: true, edit: false } } });
    const { structuredContent } = await guest.call('load_image', { source: photo('coffee.png') });
    const result = await guest.call('adjust_image', { image: structuredContent?.image, operation: 'brighten' });
    expect(result._meta?.['atelier/error']).toMatchObject({ code: 'access-denied' });
  });

  it('undo by the id of the edit wherever it was made, and not without one', async () => {
    const stateless = await host({ roots: [photos], principal: { scope: 'one', may: { look: true, edit: true } } });
    const first = await stateless.call('adjust_image', {
      image: photo('coffee.png'),
      operation: 'brighten',
      region: 'everything',
    });
    const { image, edit } = first.structuredContent ?? {};
    const second = await stateless.call('adjust_image', { image, operation: 'desaturate', region: 'everything' });
    const undone = await stateless.call('undo_edit', { edit });
    expect(undone.structuredContent).toMatchObject({ undone: edit, replayed: [expect.stringMatching(/^edit_/)] });
    expect(undone.structuredContent?.image).not.toBe(second.structuredContent?.image);
    const lost = await stateless.call('undo_edit', {});
    expect(lost._meta?.['atelier/error']).toMatchObject({ code: 'invalid-input' });
  });

  it('are told what of an input was not right, with a code', async () => {
    const desk = await host({ roots: [photos] });
    const wrong = await desk.call('detect_objects', { image: 7, phrases: 'cup' });
    expect(wrong._meta?.['atelier/error']).toMatchObject({ code: 'invalid-input' });
    expect(textOf(wrong)).toMatch(/detect_objects is not right[\s\S]*phrases/);
  });

  it('are told what a tool does not take, and where it goes', async () => {
    const desk = await host({ roots: [photos] });
    const edit = { image: photo('coffee.png'), operation: 'recolour', phrase: 'the cup', colour: 'blue' };
    const wrong = await desk.call('adjust_image', edit);
    expect(wrong._meta?.['atelier/error']).toMatchObject({ code: 'invalid-input' });
    expect(textOf(wrong)).toMatch(/takes no "colour"[\s\S]*"parameters"/);
  });

  it('agree to taking back one edit, and not to the next one', async () => {
    const desk = await host({ roots: [photos], approve: 'edits' });
    const brighten = { image: photo('coffee.png'), operation: 'brighten', region: 'everything' };
    const asked = await desk.call('adjust_image', brighten);
    await desk.call('adjust_image', { ...brighten, approval: asked.structuredContent?.approval });
    const undo = await desk.call('undo_edit', {});
    expect(undo.structuredContent).toMatchObject({ needs: 'approval', message: expect.stringMatching(/righter/) });
    const { approval } = undo.structuredContent ?? {};
    const more = { ...brighten, operation: 'desaturate' };
    const second = await desk.call('adjust_image', more);
    await desk.call('adjust_image', { ...more, approval: second.structuredContent?.approval });
    expect((await desk.call('undo_edit', { approval })).structuredContent).toMatchObject({ needs: 'approval' });
  });

  it('cannot edit what a job of theirs is at, and can look', async () => {
    const desk = await host({ roots: [photos] });
    const image = photo('two-cups.png');
    const started = await desk.call('edit_image', { image, prompt: 'remove the cup' });
    expect(started.structuredContent).toMatchObject({ state: 'waiting', needs: 'choice' });
    const edit = { image, operation: 'brighten', region: 'everything' };
    const refused = await desk.call('adjust_image', edit);
    expect(refused._meta?.['atelier/error']).toMatchObject({ code: 'conflict' });
    expect(textOf(refused)).toMatch(/cancel_job/);
    expect((await desk.call('detect_objects', { image, phrases: ['cup'] })).isError).toBeFalsy();
    await desk.call('cancel_job', { job: started.structuredContent?.job });
    expect((await desk.call('adjust_image', edit)).structuredContent).toMatchObject({ edit: expect.any(String) });
  });

  it('are told progress in rising shares, with the words that all surfaces share', async () => {
    const desk = await host({ roots: [photos], language: 'ko' });
    const told: { progress: number; message?: string | undefined }[] = [];
    const request = { name: 'remove_object', arguments: { image: photo('coffee.png'), phrase: 'the cup' } };
    await desk.client.callTool(request, { onprogress: (progress) => told.push(progress) });
    expect(told[0]).toMatchObject({ progress: 0, message: '이미지 편집 중...' });
    expect(told.at(-1)?.message).toBe('결과 확인 중...');
    for (let index = 1; index < told.length; index++)
      expect(told[index]?.progress).toBeGreaterThan(told[index - 1]?.progress ?? 0);
  });
});
