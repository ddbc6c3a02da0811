import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atelier } from '@atelier/sdk';
import { decodeImage } from '@atelier/sdk/image';
import sharp from 'sharp';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UploadUrls } from '../options.ts';
import { inProcessWorkshops } from '../workshop/in-process/in-process-workshops.ts';
import type { McpCall } from './mcp-tool.ts';
import { checkFileName } from './save/file-name.ts';
import { encodingGate } from './save/picture-file.ts';
import { writeInside } from './save/write-inside.ts';
import { saveImage } from './save-image.ts';

let top = '';
let folder = '';
beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'atelier-save-'));
  folder = join(top, 'out');
  await mkdir(folder);
});
afterEach(() => rm(top, { recursive: true, force: true }));

const bytes = new TextEncoder().encode('a picture');
const extensions = ['png', 'jpg', 'jpeg', 'webp'];
const write = (name: string, overwrite = false) =>
  writeInside(folder, checkFileName(name, extensions).segments, bytes, { overwrite });

describe('checkFileName', () => {
  it.each([
    ['beach.png', ['beach.png'], 'png'],
    ['trip/2024/beach at night.JPG', ['trip', '2024', 'beach at night.JPG'], 'jpg'],
    ['여름 바다.webp', ['여름 바다.webp'], 'webp'],
    ['a..b.png', ['a..b.png'], 'png'],
  ])('takes %s', (name, segments, extension) => {
    expect(checkFileName(name, extensions)).toEqual({ segments, extension });
  });

  it.each([
    '/etc/x.png',
    '../x.png',
    'a/../../x.png',
    './x.png',
    'a//x.png',
    'x.png/',
    '.hidden.png',
    '.png',
    'a/.git/x.png',
    'C:\\x.png',
    'C:x.png',
    'a\\x.png',
    '\\\\server\\share\\x.png',
    'x.png:stream.png',
    'nul.png',
    'COM1/x.png',
    'x\0.png',
    'x\n.png',
    'gnp.\u202e.png',
    'x\u200b.png',
    ' x.png',
    'x.png ',
    'dir./x.png',
    'x',
    'x.svg',
    'x.png.exe',
    'a/b/c/d/e/x.png',
    `${'x'.repeat(300)}.png`,
    `${'가'.repeat(80)}.png`,
    '',
  ])('refuses %j', (name) => {
    expect(() => checkFileName(name, extensions)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});

describe('writeInside', () => {
  it('makes folders on the way and leaves nothing unfinished', async () => {
    expect(await write('a/b/x.png')).toBe(join(folder, 'a', 'b', 'x.png'));
    expect(await readFile(join(folder, 'a', 'b', 'x.png'), 'utf8')).toBe('a picture');
    expect(await readdir(join(folder, 'a', 'b'))).toEqual(['x.png']);
  });

  it('replaces a file only when that is said', async () => {
    await writeFile(join(folder, 'x.png'), 'mine');
    await expect(write('x.png')).rejects.toMatchObject({ code: 'output-not-writable', details: { reason: 'exists' } });
    expect(await readFile(join(folder, 'x.png'), 'utf8')).toBe('mine');
    await write('x.png', true);
    expect(await readFile(join(folder, 'x.png'), 'utf8')).toBe('a picture');
  });

  it('lets exactly one of several writers have a name', async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => write('x.png')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['x.png']);
  });

  it('follows no link out of the folder, and none to a file', async () => {
    await mkdir(join(top, 'elsewhere'));
    await writeFile(join(top, 'elsewhere', 'x.png'), 'mine');
    await symlink(join(top, 'elsewhere'), join(folder, 'link'));
    await symlink(join(top, 'elsewhere', 'x.png'), join(folder, 'y.png'));
    await symlink(join(top, 'elsewhere', 'new.png'), join(folder, 'dangling.png'));
    for (const name of ['link/x.png', 'link/sub/z.png', 'y.png', 'dangling.png']) {
      await expect(write(name, true)).rejects.toMatchObject({ code: 'not-allowed' });
    }
    expect(await readdir(join(top, 'elsewhere'))).toEqual(['x.png']);
    expect(await readFile(join(top, 'elsewhere', 'x.png'), 'utf8')).toBe('mine');
  });

  it('refuses a folder in place of the file, and says where the folder is gone', async () => {
    await mkdir(join(folder, 'x.png'));
    await expect(write('x.png', true)).rejects.toMatchObject({ code: 'not-allowed' });
    await rm(folder, { recursive: true });
    await expect(write('y.png')).rejects.toMatchObject({
      code: 'output-not-writable',
      message: '"y.png" could not be written (ENOENT).',
    });
  });
});

describe('save_image', () => {
  const workshops = inProcessWorkshops({ studio: async () => atelier({ backends: [] }), approve: 'never' });
  afterAll(() => workshops.close());
  const principal = { scope: 'default', may: { look: true, edit: true } };

  interface Who {
    readonly scope?: string;
    /** What there is over HTTP alone. */
    readonly uploads?: UploadUrls;
  }

  /** A call as the server makes it; nobody listens to progress. */
  const callWith = (output: string | undefined, { scope = 'default', uploads }: Who = {}): McpCall => ({
    workshop: workshops.of({ ...principal, scope }),
    principal: { ...principal, scope },
    settings: {
      images: 'on',
      language: 'en',
      roots: [],
      urls: () => false,
      output,
      approve: 'never',
      resultBytes: 262_144,
      dataUrlBytes: 1_048_576,
      resourceBytes: 7_340_032,
      waitMs: 1,
      secret: new Uint8Array(32),
      uploads,
    },
    language: 'en',
    signal: new AbortController().signal,
    abortMeans: 'stop',
    tell: () => {},
    people: {
      canAsk: false,
      state: undefined,
      answer: () => undefined,
      ask: () => Promise.reject(new Error('nobody')),
    },
  });
  const noisy = sharp({
    create: { width: 60, height: 40, channels: 3, background: '#a33', noise: { type: 'gaussian', sigma: 20 } },
  });
  const load = async (call = callWith(folder)): Promise<string> => {
    const file = await noisy
      .jpeg()
      .withExif({ IFD0: { Copyright: 'a name that must not travel' } })
      .toBuffer();
    return (await call.workshop.takeBytes(new Uint8Array(file))).id;
  };
  const save = (input: { image: string; name: string; overwrite?: boolean }, call = callWith(folder)) =>
    saveImage.handle(saveImage.inputSchema.parse(input), call);

  it.each(['png', 'webp', 'jpg'])('writes the full picture as .%s, without its metadata', async (extension) => {
    const image = await load();
    const reply = await save({ image, name: `trip/beach.${extension}` });
    const path = join(folder, 'trip', `beach.${extension}`);
    expect(reply).toEqual({ output: { path, bytes: (await stat(path)).size } });
    const file = await readFile(path);
    expect(file.includes('must not travel')).toBe(false);
    const written = await decodeImage(new Uint8Array(file));
    expect([written.width, written.height]).toEqual([60, 40]);
    // Lossless formats give back the very same pixels, whose hash is the id.
    expect(written.id === image).toBe(extension !== 'jpg');
  });

  it('keeps tenants apart, and tells no path of this machine over HTTP', async () => {
    const uploads: UploadUrls = { create: () => Promise.reject(), download: () => Promise.reject() };
    const who = [{ scope: 'lee', uploads }, { scope: 'ann', uploads }, { uploads }, { scope: 'elsewhere' }];
    const paths = ['lee/trip/a.png', 'ann/trip/a.png', 'default/trip/a.png', 'elsewhere/trip/a.png'];
    for (const [index, one] of who.entries()) {
      const call = callWith(folder, one);
      const image = await load(call);
      const reply = await save({ image, name: 'trip/a.png' }, call);
      expect(reply).toMatchObject({ output: { path: paths[index] } });
      await expect(save({ image, name: 'trip/a.png' }, call)).rejects.toMatchObject({ details: { reason: 'exists' } });
    }
    expect((await readdir(folder)).sort()).toEqual(['ann', 'default', 'elsewhere', 'lee']);
  });

  it('waits for its turn: many pictures at once would fill the memory', async () => {
    const image = await load();
    const others = new EventEmitter();
    const busy = [1, 2].map(() => encodingGate.run('others', () => once(others, 'done')));
    const saving = save({ image, name: 'late.png' });
    await sleep(100);
    expect(await readdir(folder)).toEqual([]);
    others.emit('done');
    await Promise.all([saving, ...busy]);
    expect(await readdir(folder)).toEqual(['late.png']);
  });

  it('writes nothing for a picture that there is not, a name that leads out, or without a folder', async () => {
    const unknown = `img_${'0'.repeat(32)}`;
    await expect(save({ image: unknown, name: 'x.png' })).rejects.toMatchObject({ code: 'not-found' });
    const image = await load();
    await expect(save({ image, name: '../x.png' })).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(save({ image, name: 'x.png' }, callWith(undefined))).rejects.toMatchObject({ code: 'not-allowed' });
    expect(await readdir(folder)).toEqual([]);
  });
});
