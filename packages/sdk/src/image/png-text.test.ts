import { crc32, deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode.ts';
import { encodeImage } from './encode.ts';
import { withoutCompressedText } from './png-text.ts';

const pixels = { width: 3, height: 2, data: new Uint8Array(24).fill(200) };
const picture = async () => Buffer.from((await encodeImage(pixels, { format: 'png' })).bytes);

function chunk(type: string, data: Uint8Array): Buffer {
  const content = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}

/** After the header, which is 33 bytes with the signature. */
const insert = (png: Buffer, ...chunks: Buffer[]): Buffer =>
  Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);

const bomb = (megabytes: number) =>
  chunk('zTXt', Buffer.concat([Buffer.from('a\0\0', 'latin1'), deflateSync(Buffer.alloc(megabytes * 1e6))]));

describe('compressed text in PNG files', () => {
  it('is taken out, and nothing else', async () => {
    const png = await picture();
    const note = chunk('tEXt', Buffer.from('Title\0A cup', 'latin1'));
    const international = chunk('iTXt', Buffer.from('Title\0\0\0\0\0A cup', 'latin1'));
    expect(withoutCompressedText(insert(png, bomb(1), note, international, bomb(1)))).toEqual(insert(png, note));
    expect(withoutCompressedText(insert(png, note))).toEqual(insert(png, note));
    expect(withoutCompressedText(png)).toBe(png);
  });

  it('is left where the file is malformed', async () => {
    const png = await picture();
    const long = Buffer.concat([
      png.subarray(0, 33),
      Buffer.from([0xff, 0xff, 0xff, 0xff]),
      Buffer.from('zTXt and more'),
    ]);
    expect(withoutCompressedText(long)).toBe(long);
    for (let length = 0; length < png.length; length++) {
      expect(withoutCompressedText(png.subarray(0, length))).toHaveLength(length);
    }
  });

  it('costs no time, and stays in the original', async () => {
    const file = insert(await picture(), ...new Array<Buffer>(30).fill(bomb(40)));
    const start = performance.now();
    const image = await decodeImage(file);
    // Unpacked by the decoder it takes about five seconds.
    expect(performance.now() - start).toBeLessThan(1500);
    expect(image).toMatchObject({ width: 3, height: 2 });
    expect(image.original?.bytes).toHaveLength(file.length);
  });
});
