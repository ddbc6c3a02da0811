import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode.ts';

const scene = paint(60, 40);

/** A picture whose four quarters differ: red, green, blue and grey, with a soft gradient. */
function paint(width: number, height: number): { data: Buffer; width: number; height: number } {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const quarter = (y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1);
      for (let c = 0; c < 3; c++)
        data[(y * width + x) * 3 + c] = quarter === c || quarter === 3 ? 160 + ((x + y) % 40) : 40;
    }
  }
  return { data, width, height };
}

const open = (picture = scene) =>
  sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } });
const tiff = await open().tiff().toBuffer();
const noisy = await sharp({
  create: { width: 300, height: 200, channels: 3, background: '#888', noise: { type: 'gaussian', sigma: 40 } },
})
  .png()
  .toBuffer();
const pixelAt = (image: { width: number; data: Uint8Array }, x: number, y: number) => [
  ...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4),
];

const furthest = (a: number[], b: number[]): number =>
  Math.max(...a.map((value, at) => Math.abs(value - (b[at] ?? 0))));

function chunk(type: string, body: Buffer): Buffer {
  const tagged = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  tagged.copy(out, 4);
  out.writeUInt32BE(crc32(tagged), body.length + 8);
  return out;
}

/** A PNG that claims any size and carries a handful of pixels. */
function pngClaiming(width: number, height: number, extra: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const rows = deflateSync(Buffer.alloc(height < 100 ? (width * 4 + 1) * height : 400));
  return Buffer.concat([signature, chunk('IHDR', header), extra, chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

/** A GIF of the given canvas whose frames all claim the given side and carry a single pixel. */
function gif(width: number, height: number, frames: number, side = 1): Buffer {
  const header = Buffer.from('GIF89a\0\0\0\0\x80\0\0\xff\0\0\0\0\xff', 'latin1');
  header.writeUInt16LE(width, 6);
  header.writeUInt16LE(height, 8);
  const control = [0x21, 0xf9, 4, 0, 5, 0, 0, 0];
  const frame = Buffer.from([
    ...control,
    0x2c,
    0,
    0,
    0,
    0,
    side & 255,
    side >> 8,
    side & 255,
    side >> 8,
    0,
    2,
    2,
    0x44,
    0x01,
    0,
  ]);
  return Buffer.concat([header, ...new Array<Buffer>(frames).fill(frame), Buffer.from([0x3b])]);
}

describe('decodeImage reads', () => {
  it.each(['png', 'webp', 'gif', 'jpeg', 'avif'] as const)('%s', async (format) => {
    const bytes = await open()
      .toFormat(format, format === 'webp' || format === 'avif' ? { lossless: true } : {})
      .toBuffer();
    const image = await decodeImage(bytes);
    expect([image.width, image.height]).toEqual([60, 40]);
    const wanted = [...scene.data.subarray((5 * 60 + 5) * 3, (5 * 60 + 5) * 3 + 3), 255];
    expect(furthest(pixelAt(image, 5, 5), wanted)).toBeLessThan(12);
    expect(image.original?.mediaType).toBe(`image/${format}`);
    expect(image.original?.bytes).toEqual(new Uint8Array(bytes));
  });

  it('PNG without changing a value, colour under alpha 0 included', async () => {
    const data = Uint8Array.from({ length: 16 * 16 * 4 }, (_, at) => (at * 97 + (at >> 3)) & 255);
    data.set([200, 100, 50, 0]);
    const bytes = await sharp(data, { raw: { width: 16, height: 16, channels: 4 } })
      .png()
      .toBuffer();
    expect((await decodeImage(bytes)).data).toEqual(data);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('EXIF orientation %i upright', async (orientation) => {
    // What the camera stores: the upright scene with the orientation's inverse applied.
    const inverse = { 1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6 }[orientation];
    const turned = await sharp(await open().withMetadata({ orientation: inverse }).png().toBuffer())
      .autoOrient()
      .png()
      .toBuffer();
    const stored = await sharp(turned).withMetadata({ orientation }).png().toBuffer();
    const image = await decodeImage(stored);
    expect([image.width, image.height]).toEqual([60, 40]);
    expect(image.data).toEqual((await decodeImage(await open().png().toBuffer())).data);
    expect(image.original === undefined).toBe(orientation !== 1);
  });

  it.each(['uchar', 'ushort'] as const)('Display P3 of %s as sRGB', async (depth) => {
    const colour = sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 200, g: 100, b: 50 } } });
    const srgb = depth === 'ushort' ? colour.toColourspace('rgb16') : colour;
    const bytes = await srgb.withIccProfile('p3').png().toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe(depth);
    const image = await decodeImage(bytes);
    const raw = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    expect(Math.abs((raw[0] ?? 0) - 200)).toBeGreaterThan(5);
    expect(furthest(pixelAt(image, 4, 4), [200, 100, 50, 255])).toBeLessThanOrEqual(3);
    expect(image.original).toBeUndefined();
  });

  it('an sRGB profile as no profile, and keeps the file', async () => {
    const bytes = await open().withIccProfile('srgb').png().toBuffer();
    const image = await decodeImage(bytes);
    expect(image.original).toBeDefined();
    expect(image.id).toBe((await decodeImage(await open().png().toBuffer())).id);
  });

  it('16 bits, grey, palette and CMYK as 8-bit RGBA, dropping the file unless it is plain', async () => {
    const deep = await decodeImage(await open().toColourspace('rgb16').png().toBuffer());
    expect(Buffer.compare(deep.data, (await decodeImage(await open().png().toBuffer())).data)).toBe(0);
    expect(deep.original).toBeUndefined();
    const grey = await decodeImage(await open().greyscale().png().toBuffer());
    expect(new Set(pixelAt(grey, 5, 5).slice(0, 3)).size).toBe(1);
    const palette = await decodeImage(await open().png({ palette: true }).toBuffer());
    expect(palette.data.length).toBe(60 * 40 * 4);
    const cmyk = await decodeImage(await open().toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer());
    expect(cmyk.original).toBeUndefined();
    const [red = 0, green = 255] = pixelAt(cmyk, 5, 5);
    expect(red).toBeGreaterThan(green + 60);
  });

  it('the first frame only, and keeps no animated file', async () => {
    const image = await decodeImage(gif(4, 3, 3));
    expect([image.width, image.height]).toEqual([4, 3]);
    expect(image.original).toBeUndefined();
    const control = chunk('acTL', Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]));
    expect((await decodeImage(pngClaiming(4, 4, control))).original).toBeUndefined();
    expect((await decodeImage(pngClaiming(4, 4))).original).toBeDefined();
  });

  it('a copy of the bytes: changing them later changes nothing', async () => {
    const bytes = new Uint8Array(await open().png().toBuffer());
    const image = await decodeImage(bytes);
    bytes.fill(0);
    expect(image.original?.bytes[0]).toBe(0x89);
  });
});

describe('decodeImage refuses', () => {
  const text = (content: string): Buffer => Buffer.from(content);
  it.each([
    ['nothing', Buffer.alloc(0), 'empty file'],
    ['text', text('Dear diary,\nnothing happened.'), 'text file'],
    ['SVG', text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'), 'SVG'],
    ['a web page', text('<!DOCTYPE html><title>x</title>'), 'web page'],
    ['PDF', text('%PDF-1.7\n'), 'PDF'],
    ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), 'HEIC'],
    ['video', Buffer.from('\0\0\0\x14ftypisom\0\0\0\0mp41', 'latin1'), 'video'],
    ['TIFF', tiff, 'TIFF'],
    ['unknown bytes', Buffer.from([1, 2, 3, 4, 0, 0, 5]), 'unknown type'],
  ])('%s', async (_name, bytes, words) => {
    await expect(decodeImage(bytes)).rejects.toMatchObject({
      code: 'image-invalid',
      message: expect.stringContaining(words),
      hint: expect.any(String),
    });
  });

  it.each(['png', 'jpeg', 'webp', 'avif', 'gif'] as const)('%s cut off anywhere', async (format) => {
    const whole = await sharp(noisy).toFormat(format).toBuffer();
    await decodeImage(whole);
    for (const share of [0.02, 0.3, 0.6, 0.95]) {
      const cut = whole.subarray(0, Math.max(12, Math.floor(whole.length * share)));
      await expect(decodeImage(cut), `${share}`).rejects.toMatchObject({ code: 'image-invalid' });
    }
  });

  it('a progressive JPEG cut between its scans', async () => {
    const whole = await sharp(noisy).jpeg({ progressive: true }).toBuffer();
    await expect(decodeImage(whole.subarray(0, whole.length * 0.7))).rejects.toMatchObject({ code: 'image-invalid' });
  });

  it('a PNG with damaged pixels', async () => {
    const broken = Buffer.from(noisy);
    broken.fill(0xaa, 2000, 2200);
    await expect(decodeImage(broken)).rejects.toMatchObject({
      code: 'image-invalid',
      hint: expect.stringContaining('viewer'),
    });
  });

  it('files and pictures over the limits, telling both numbers', async () => {
    await expect(decodeImage(noisy, { maxBytes: 100 })).rejects.toMatchObject({
      code: 'image-too-large',
      details: { maxBytes: 100 },
    });
    await expect(decodeImage(noisy, { maxPixels: 59_999 })).rejects.toMatchObject({
      code: 'image-too-large',
      details: { width: 300, height: 200, maxPixels: 59_999 },
    });
    await expect(decodeImage(noisy, { maxPixels: 60_000 })).resolves.toMatchObject({ width: 300 });
  });

  it('to begin when the signal has fired, and stops with its reason', async () => {
    await expect(decodeImage(noisy, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    const stop = new AbortController();
    const work = decodeImage(noisy, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
  });
});

describe('decompression bombs', () => {
  it.each([
    ['a PNG of 60000 x 60000', pngClaiming(60_000, 60_000), 'image-too-large'],
    ['a GIF of 65535 x 65535', gif(65_535, 65_535, 1, 65_535), 'image-too-large'],
    ['a GIF of 20000 frames of 1000 x 1000', gif(1000, 1000, 20_000), 'decoded'],
  ])('%s stays within memory', async (_name, bytes, outcome) => {
    const script = `
      const { decodeImage } = await import(${JSON.stringify(new URL('./decode.ts', import.meta.url).href)});
      const chunks = [];
      for await (const chunk of process.stdin) chunks.push(chunk);
      const before = process.resourceUsage().maxRSS;
      const outcome = await decodeImage(Buffer.concat(chunks)).then(() => 'decoded', (error) => error.code);
      console.log(JSON.stringify({ outcome, grownKiB: process.resourceUsage().maxRSS - before }));`;
    const child = promisify(execFile)(process.execPath, [
      '--conditions=atelier-source',
      '--input-type=module',
      '-e',
      script,
    ]);
    child.child.stdin?.end(bytes);
    const result = JSON.parse((await child).stdout);
    expect(result.outcome).toBe(outcome);
    // 3.6 and 4.3 gigapixels, or 20000 frames, would take gigabytes.
    expect(result.grownKiB).toBeLessThan(150 * 1024);
  });
});
