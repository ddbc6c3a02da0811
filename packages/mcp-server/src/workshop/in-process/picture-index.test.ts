import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { filePictureIndex } from './file-picture-index.ts';
import { memoryPictureIndex } from './picture-index.ts';

const folder = await mkdtemp(join(tmpdir(), 'atelier-index-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const image = (digit: string) => ({ id: `img_${digit.repeat(32)}`, width: 4, height: 3 });
const [a, b, c] = [image('a'), image('b'), image('c')];

describe.each([
  ['in memory', () => memoryPictureIndex()],
  ['as files', () => filePictureIndex(join(folder, 'tenant'))],
])('an index %s', (_name, create) => {
  it('knows where a picture and an edit were last seen, and the newest first', async () => {
    const index = create();
    await index.saw({ session: 'one', images: [a], edits: ['edit_1'] });
    await sleep(15);
    await index.saw({ session: 'one', images: [b] });
    await sleep(15);
    await index.saw({ session: 'two', images: [c, a] });
    expect(await index.sessionOf(a.id)).toBe('two');
    expect(await index.sessionOf(b.id)).toBe('one');
    expect(await index.sessionOf('edit_1')).toBe('one');
    expect(await index.sessionOf('edit_2')).toBeUndefined();
    expect(await index.knows('one', a.id)).toBe(true);
    expect(await index.knows('two', a.id)).toBe(true);
    expect(await index.knows('two', b.id)).toBe(false);
    expect(await index.knows('one', 'edit_1')).toBe(true);
    expect(await index.knows('two', 'edit_1')).toBe(false);
    const newest = await index.pictures(2);
    expect(newest.map(({ id }) => id).sort()).toEqual([a.id, c.id]);
    expect(newest[0]).toEqual(expect.objectContaining({ width: 4, height: 3 }));
    expect(await index.pictures(5, 'img_bb')).toEqual([b]);
    expect(await index.sessions(5)).toEqual(['two', 'one']);
  });
});

describe('an index as files', () => {
  it('is shared by processes', async () => {
    await filePictureIndex(join(folder, 'shared')).saw({ session: 'one', images: [a] });
    expect(await filePictureIndex(join(folder, 'shared')).sessionOf(a.id)).toBe('one');
  });

  it.each(['../x', 'a/b', '', '.hidden', 'x'.repeat(200)])('finds nothing under %j', async (reference) => {
    await mkdir(join(folder, 'x'), { recursive: true });
    expect(await filePictureIndex(folder).sessionOf(reference)).toBeUndefined();
  });

  it('reads past what somebody else wrote there, and leaves nothing half-written', async () => {
    const index = filePictureIndex(join(folder, 'foreign'));
    await index.saw({ session: 'one', images: [a] });
    await writeFile(join(folder, 'foreign', 'pictures', b.id), '{"session":');
    expect(await index.sessionOf(b.id)).toBeUndefined();
    expect(await index.pictures(5)).toEqual([a]);
    expect(await readdir(join(folder, 'foreign', '.writing'))).toEqual([]);
  });
});
