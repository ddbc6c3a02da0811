import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode.ts';
import type { Pixels } from './pixels.ts';
import { longestPreviewSide, mostPreviewBytes, previewOf } from './preview.ts';

function paint(width: number, height: number, pixel: (x: number, y: number) => readonly number[]): Pixels {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(pixel(x, y), (y * width + x) * 4);
  return { width, height, data };
}

/** Reproducible noise: what no encoder can make small. */
function noise(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  };
}

describe('previewOf', () => {
  it.each([
    [1600, 1200, 768, 576],
    [3000, 40, 768, 10],
    [40, 3000, 10, 768],
    [500, 300, 500, 300],
    [1, 1, 1, 1],
  ])(
    'makes %i x %i pixels at most 768 long, in proportion, never larger than they were',
    async (w, h, width, height) => {
      const next = noise();
      const rowwise = paint(w, h, (_x, y) => [y % 256, 90, 90, 255]);
      const { bytes } = await previewOf(w * h < 100_000 ? paint(w, h, () => [next(), next(), next(), 255]) : rowwise);
      expect(await decodeImage(bytes)).toMatchObject({ width, height });
      expect(bytes.length).toBeLessThanOrEqual(mostPreviewBytes);
    },
  );

  it('stays under 256 KiB with the worst there is: noise', async () => {
    const next = noise();
    const { bytes, mediaType } = await previewOf(paint(1000, 1000, () => [next(), next(), next(), 255]));
    expect(bytes.length).toBeLessThanOrEqual(mostPreviewBytes);
    const decoded = await decodeImage(bytes);
    expect(mediaType).toBe('image/jpeg');
    expect(decoded.width).toBeGreaterThan(longestPreviewSide / 3);
  });

  it.each([
    [64 * 1024, 768],
    [16 * 1024, 320],
  ])('stays under %i bytes and %i pixels where it is told to, also with noise', async (maxBytes, maxSide) => {
    const next = noise();
    const { bytes } = await previewOf(
      paint(900, 700, () => [next(), next(), next(), 255]),
      { maxBytes, maxSide },
    );
    expect(bytes.length).toBeLessThanOrEqual(maxBytes);
    const { width } = await decodeImage(bytes);
    expect(width).toBeLessThanOrEqual(maxSide);
    expect(width).toBeGreaterThan(60);
  });

  it('keeps small pictures without loss', async () => {
    const picture = paint(40, 30, (x, y) => [x * 6, y * 8, 77, 255]);
    const { bytes, mediaType } = await previewOf(picture);
    expect(mediaType).toBe('image/png');
    expect((await decodeImage(bytes)).data).toEqual(picture.data);
  });

  it.each([
    ['white', 255],
    ['black', 0],
    ['grey', 128],
  ])('lets a %s thing on a transparent ground be seen', async (_name, shade) => {
    // What lies under alpha 0 is the shade as well: flattened carelessly, nothing would be left to see.
    const isThing = (x: number, y: number) => x >= 100 && x < 300 && y >= 100 && y < 300;
    const picture = paint(400, 400, (x, y) => [shade, shade, shade, isThing(x, y) ? 255 : 0]);
    const { data, width } = await decodeImage((await previewOf(picture)).bytes);
    const at = (x: number, y: number) => data[(y * width + x) * 4];
    expect(at(200, 200)).toBeCloseTo(shade, -1);
    for (const [x, y] of [
      [20, 20],
      [350, 60],
      [60, 350],
    ])
      expect(Math.abs(at(x, y) - shade)).toBeGreaterThan(15);
    for (let i = 3; i < data.length; i += 4 * 997) expect(data[i]).toBe(255);
  });

  it('stops when told to', async () => {
    const signal = AbortSignal.abort();
    await expect(
      previewOf(
        paint(900, 900, () => [1, 2, 3, 255]),
        { signal },
      ),
    ).rejects.toThrow();
  });
});
