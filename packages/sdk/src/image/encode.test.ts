import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode.ts';
import { type EncodeOptions, encodeImage } from './encode.ts';
import type { Pixels } from './pixels.ts';

/** Every pixel different, with all values of alpha, 0 among them. */
function sample(width: number, height: number, alpha?: number): Pixels {
  const data = Uint8Array.from({ length: width * height * 4 }, (_, at) =>
    at % 4 === 3 ? (alpha ?? (at >> 2) & 255) : (at * 89 + (at >> 5)) & 255,
  );
  return { width, height, data };
}

describe('encodeImage', () => {
  const lossless: EncodeOptions[] = [{ format: 'png' }, { format: 'webp', lossless: true }];

  it.each(lossless)(
    'writes $format that decodes to the same pixels, colour under alpha 0 included',
    async (options) => {
      for (const picture of [sample(33, 31), sample(40, 20, 255), sample(1, 1, 0)]) {
        const encoded = await encodeImage(picture, options);
        expect(encoded).toMatchObject({ mediaType: `image/${options.format}`, lossy: false });
        expect((await decodeImage(encoded.bytes)).data).toEqual(picture.data);
      }
    },
  );

  it('writes opaque PNG with three channels and translucent with four', async () => {
    const opaque = await encodeImage(sample(9, 9, 255), { format: 'png' });
    expect((await sharp(opaque.bytes).metadata()).channels).toBe(3);
    const last = sample(9, 9, 255);
    last.data[last.data.length - 1] = 254;
    expect((await sharp((await encodeImage(last, { format: 'png' })).bytes).metadata()).channels).toBe(4);
  });

  it('lays translucent pixels on white for JPEG and calls it lossy', async () => {
    const picture = { width: 16, height: 16, data: new Uint8Array(16 * 16 * 4) };
    const encoded = await encodeImage(picture, { format: 'jpeg' });
    expect(encoded.lossy).toBe(true);
    expect([...(await decodeImage(encoded.bytes)).data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
  });

  it('writes smaller files at lower quality', async () => {
    const picture = sample(128, 128, 255);
    for (const format of ['jpeg', 'webp'] as const) {
      const [small, large] = await Promise.all([20, 95].map((quality) => encodeImage(picture, { format, quality })));
      expect(small?.bytes.length).toBeLessThan((large?.bytes.length ?? 0) / 2);
      expect(small?.lossy).toBe(true);
    }
  });

  it('writes no metadata', async () => {
    const { exif, icc, xmp } = await sharp((await encodeImage(sample(4, 4), { format: 'png' })).bytes).metadata();
    expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['a quality of 0', sample(1, 1), { format: 'jpeg', quality: 0 }],
    ['a quality in fractions', sample(1, 1), { format: 'webp', quality: 50.5 }],
    ['a side the format cannot hold', sample(16_384, 1), { format: 'webp' }],
    // The cast lets the test pass what the types forbid.
    ['another format', sample(1, 1), { format: 'bmp' } as unknown as EncodeOptions],
  ] as [string, Pixels, EncodeOptions][])('refuses %s', async (_name, picture, options) => {
    await expect(encodeImage(picture, options)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
