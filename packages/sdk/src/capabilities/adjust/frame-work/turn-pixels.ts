import type { Box } from '../../../image/geometry.ts';
import type { Pixels } from '../../../image/pixels.ts';
import { inSlices } from '../../../image/slices.ts';
import { turnedBack } from '../../shared/reframe.ts';

/** Places between two pixels for which the weights are kept; finer ones do not show in 8 bits. */
const phases = 512;
const taps = 4;

/** Weights of the four neighbours for every place between the inner two: cubic convolution with a = -0.5 (Keys 1981). */
const cubicWeights = Float32Array.from({ length: (phases + 1) * taps }, (_, at) => {
  const distance = Math.abs(Math.floor(at / taps) / phases + 1 - (at % taps));
  if (distance <= 1) return 1.5 * distance ** 3 - 2.5 * distance ** 2 + 1;
  return distance < 2 ? -0.5 * distance ** 3 + 2.5 * distance ** 2 - 4 * distance + 2 : 0;
});

/**
 * The part of the picture under a whole-pixel box after turning it by `angle` degrees, clockwise, about its centre.
 * Cubic interpolation, colours weighted by opacity; beyond the picture its edge goes on. Works in short slices.
 */
export async function turnPixels(image: Pixels, angle: number, crop: Box, signal?: AbortSignal): Promise<Pixels> {
  const before = turnedBack(image, angle);
  const start = before({ x: crop.x + 0.5, y: crop.y + 0.5 });
  const next = before({ x: crop.x + 1.5, y: crop.y + 0.5 });
  const [alongX, alongY] = [next.x - start.x, next.y - start.y];
  const { width, height } = crop;
  const data = new Uint8Array(width * height * 4);
  const mixed = new Float32Array(4);
  await inSlices(
    height,
    (from, to) => {
      for (let y = from; y < to; y++) {
        // One row down is one step to the right, turned by a quarter. Half a pixel back: to centres.
        const [left, top] = [start.x - y * alongY - 0.5, start.y + y * alongX - 0.5];
        for (let x = 0; x < width; x++) {
          sample(image, left + x * alongX, top + x * alongY, mixed);
          const at = (y * width + x) * 4;
          const opacity = mixed[3];
          data[at + 3] = byte(opacity);
          if (opacity <= 0) continue;
          data[at] = byte((mixed[0] * 255) / opacity);
          data[at + 1] = byte((mixed[1] * 255) / opacity);
          data[at + 2] = byte((mixed[2] * 255) / opacity);
        }
      }
    },
    { signal },
  );
  return { width, height, data };
}

const byte = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : (value + 0.5) | 0);

/** Red, green and blue times opacity (0..1), and opacity (0..255), between the centres of pixels. */
function sample({ width, height, data }: Pixels, x: number, y: number, into: Float32Array): void {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const across = Math.round((x - column) * phases) * taps;
  const down = Math.round((y - row) * phases) * taps;
  let red = 0;
  let green = 0;
  let blue = 0;
  let opacity = 0;
  const within = column >= 1 && column < width - 2;
  for (let j = 0; j < taps; j++) {
    const rowWeight = cubicWeights[down + j];
    const rowStart = Math.min(height - 1, Math.max(0, row + j - 1)) * width;
    for (let i = 0; i < taps; i++) {
      const place = column + i - 1;
      const pixel = (rowStart + (within ? place : Math.min(width - 1, Math.max(0, place)))) * 4;
      const opaque = (data[pixel + 3] / 255) * rowWeight * cubicWeights[across + i];
      red += data[pixel] * opaque;
      green += data[pixel + 1] * opaque;
      blue += data[pixel + 2] * opaque;
      opacity += opaque;
    }
  }
  into[0] = red;
  into[1] = green;
  into[2] = blue;
  into[3] = opacity * 255;
}
