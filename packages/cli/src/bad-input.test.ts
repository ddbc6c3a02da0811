import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inEmptyFolder, jsonOf, photo, runCli } from './__fixtures__/run-cli.ts';
import { exitCodes } from './exit-codes.ts';

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A PNG of a few bytes whose header says 60000 x 60000 RGB. */
function hugePng(): Buffer {
  const header = Buffer.from([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 8, 2, 0, 0, 0]);
  const chunks = [
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.alloc(1000))),
    pngChunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks]);
}

const badPhotos: [string, string, () => Promise<Buffer | string>][] = [
  ['a text file named .png', 'image-invalid', async () => 'hello'],
  ['an empty file', 'image-invalid', async () => ''],
  ['a PNG that was cut off', 'image-invalid', async () => (await readFile(photo('coffee.png'))).subarray(0, 200_000)],
  ['a JPEG that was cut off', 'image-invalid', async () => (await readFile(photo('rocket.jpg'))).subarray(0, 50_000)],
  ['a header of 60000 x 60000', 'image-too-large', async () => hugePng()],
];

describe('bad photos', () => {
  it.each(badPhotos)('%s is %s, fast, and writes nothing', (_name, code, make) =>
    inEmptyFolder(async (list) => {
      await writeFile('photo.png', await make());
      const began = performance.now();
      const result = await runCli(['edit', 'photo.png', 'remove the cup', '--json']);
      expect(performance.now() - began).toBeLessThan(1000);
      expect(result.code).toBe(exitCodes.failed);
      expect(jsonOf(result, 'edit').error?.code).toBe(code);
      expect(result.stderr).toMatch(/^error: /);
      expect(await list()).toEqual(['photo.png']);
    }),
  );

  it.each(['edit', 'ask', 'detect', 'segment'] as const)('%s says which file is missing', (command) =>
    inEmptyFolder(async (list) => {
      const result = await runCli([command, 'missing.png', 'the cup', '--json']);
      expect(result.code).toBe(exitCodes.failed);
      expect(jsonOf(result, command).error).toMatchObject({
        code: 'not-found',
        message: expect.stringContaining('missing.png'),
      });
      expect(await list()).toEqual([]);
    }),
  );

  it.each([
    ['outside the picture', '900,900,10,10'],
    ['without width', '100,100,0,50'],
    ['of negative height', '100,100,50,-1'],
  ])('a box %s is refused with the size of the picture', (_name, box) =>
    inEmptyFolder(async (list) => {
      const result = await runCli(['segment', photo('coffee.png'), '--box', box, '--json']);
      expect(result.code).toBe(exitCodes.failed);
      expect(jsonOf(result, 'segment').error).toMatchObject({
        code: 'invalid-input',
        hint: expect.stringContaining('600 x 400'),
      });
      expect(await list()).toEqual([]);
    }),
  );
});

describe('outputs that cannot be written', () => {
  it.each([
    ['a folder', 'out', /it is a folder/],
    ['a folder by its slash', 'out/', /it is a folder/],
    ['a folder that does not exist', 'nowhere/out.png', /the folder to write in does not exist/],
    ['a folder that takes no files', '/proc/out.png', /no file can be made in that folder/],
  ])('%s is called what it is', (_name, output, expected) =>
    inEmptyFolder(async (list) => {
      await mkdir('out');
      const result = await runCli(['edit', photo('coffee.png'), 'remove the cup', '-o', output, '--json']);
      expect(result.code).toBe(exitCodes.failed);
      expect(jsonOf(result, 'edit').error).toMatchObject({
        code: 'output-not-writable',
        message: expect.stringMatching(expected),
        details: { path: output },
      });
      expect(await list()).toEqual(['out']);
    }),
  );

  it.each([
    ['below a regular file', 'file/out.png'],
    ['in a folder that does not exist', 'nowhere/out.png'],
    ['in /proc', '/proc/out.png'],
    ['a folder', 'folder.png'],
    ['a device', 'device.png'],
    ['the photo itself', 'photo.png'],
    ['the photo under another name', 'link.png'],
  ])('%s', (_name, output) =>
    inEmptyFolder(async (list) => {
      await writeFile('photo.png', await readFile(photo('coffee.png')));
      await writeFile('file', '');
      await mkdir('folder.png');
      await symlink('/dev/null', 'device.png');
      await symlink('photo.png', 'link.png');
      const before = await list();
      const began = performance.now();
      const result = await runCli(['edit', 'photo.png', 'remove the cup', '-o', output, '--json']);
      expect(performance.now() - began).toBeLessThan(1000);
      expect(result.code).toBe(exitCodes.failed);
      expect(jsonOf(result, 'edit').error).toMatchObject({ code: 'output-not-writable', hint: expect.any(String) });
      expect(await list()).toEqual(before);
      expect(await readFile('photo.png')).toEqual(await readFile(photo('coffee.png')));
    }),
  );
});
