import { describe, expect, it } from 'vitest';
import type { Size } from '../../image/geometry.ts';
import { Mask } from '../../image/mask.ts';
import { placeMask, placePicture, planCanvas, takeFromCanvas } from './canvas.ts';

const sizes: readonly Size[] = [
  { width: 1, height: 1 },
  { width: 97, height: 61 },
  { width: 512, height: 512 },
  { width: 640, height: 433 },
  { width: 1024, height: 30 },
  { width: 900, height: 1200 },
  { width: 3, height: 4001 },
];

function gradient({ width, height }: Size) {
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set([(255 * x) / width, (255 * y) / height, 90, 255], (y * width + x) * 4);
  return { width, height, data };
}

describe('the canvas that Stable Diffusion 3 paints on', () => {
  it.each(sizes)('has sides in multiples of 16 for $width x $height, and the picture in proportion', (size) => {
    const { width, height, place } = planCanvas(size);
    for (const side of [width, height]) {
      expect(side % 16).toBe(0);
      expect(side).toBeGreaterThanOrEqual(256);
      expect(side).toBeLessThanOrEqual(1024);
    }
    expect(Math.max(place.width, place.height)).toBeGreaterThanOrEqual(512);
    const longer = Math.max(size.width, size.height);
    const scale = Math.max(place.width, place.height) / longer;
    expect(Math.abs(place.width - size.width * scale)).toBeLessThanOrEqual(1);
    expect(Math.abs(place.height - size.height * scale)).toBeLessThanOrEqual(1);
    expect(place.x + place.width).toBeLessThanOrEqual(width);
    expect(place.y + place.height).toBeLessThanOrEqual(height);
    if (longer >= 512 && longer <= 1024) expect(place).toMatchObject(size);
  });

  it('leaves the very pixels of a picture of a fitting size, and mirrors them around it', async () => {
    const picture = gradient({ width: 515, height: 300 });
    const canvas = planCanvas(picture);
    expect(canvas).toEqual({ width: 528, height: 304, place: { x: 6, y: 2, width: 515, height: 300 } });
    const placed = await placePicture(picture, canvas, undefined);
    expect(placed.data.length).toBe(528 * 304 * 4);
    const pixel = (x: number, y: number) => [...placed.data.subarray((y * 528 + x) * 4, (y * 528 + x) * 4 + 4)];
    expect(pixel(canvas.place.x - 1, 50)).toEqual(pixel(canvas.place.x, 50));
    expect(pixel(canvas.place.x - 4, 50)).toEqual(pixel(canvas.place.x + 3, 50));
    expect(await takeFromCanvas(placed, canvas, picture, undefined)).toEqual(picture);
  });

  it.each(sizes.slice(1))('brings $width x $height there and back to its exact size', async (size) => {
    const picture = gradient(size);
    const canvas = planCanvas(size);
    const back = await takeFromCanvas(await placePicture(picture, canvas, undefined), canvas, size, undefined);
    expect([back.width, back.height]).toEqual([size.width, size.height]);
    let worst = 0;
    for (const [at, value] of back.data.entries()) worst = Math.max(worst, Math.abs(value - picture.data[at]));
    if (Math.min(size.width, size.height) > 60) expect(worst).toBeLessThanOrEqual(12);
  });

  it.each(sizes.slice(1))('covers with the mask on it every pixel of the mask in $width x $height', async (size) => {
    const inner = { x: Math.floor(size.width / 3), y: Math.floor(size.height / 3), width: 1, height: 1 };
    const mask = Mask.fromBox(size, inner);
    const canvas = planCanvas(size);
    const placed = await placeMask(mask, canvas, undefined);
    expect([placed.width, placed.height]).toEqual([canvas.width, canvas.height]);
    const scale = canvas.place.width / size.width;
    const centre = {
      x: Math.floor(canvas.place.x + (inner.x + 0.5) * scale),
      y: Math.floor(canvas.place.y + ((inner.y + 0.5) * canvas.place.height) / size.height),
    };
    expect(placed.data[centre.y * canvas.width + centre.x]).toBe(1);
    // No more than the pixel itself, enlarged, and the blur of the scaling around it.
    expect(placed.area).toBeLessThanOrEqual((3 * Math.max(1, scale) + 3) ** 2);
  });

  it('has nothing to paint around the picture', async () => {
    const size = { width: 600, height: 100 };
    const full = Mask.fromBox(size, { x: 0, y: 0, ...size });
    const canvas = planCanvas(size);
    expect((await placeMask(full, canvas, undefined)).bounds).toEqual(canvas.place);
  });
});
