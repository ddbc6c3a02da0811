import type { Pixels, Size } from '@atelier/sdk';
import type { ColourPlane } from './plane.ts';

/**
 * Area average of a picture on a smaller grid, alpha dropped. Every source pixel counts towards exactly one cell, so the
 * cells of a non-integer scale average a pixel more or less: invisible at the sizes segmentation works with.
 */
export function reduceColours(pixels: Pixels, width: number, height: number): ColourPlane {
  const sums = new Float32Array(width * height * 3);
  const counts = new Uint32Array(width * height);
  const columns = Uint32Array.from({ length: pixels.width }, (_, x) => Math.floor((x * width) / pixels.width));
  for (let y = 0, source = 0; y < pixels.height; y++) {
    const rowStart = Math.floor((y * height) / pixels.height) * width;
    for (let x = 0; x < pixels.width; x++, source += 4) {
      const cell = rowStart + (columns[x] ?? 0);
      sums[cell * 3] += pixels.data[source] ?? 0;
      sums[cell * 3 + 1] += pixels.data[source + 1] ?? 0;
      sums[cell * 3 + 2] += pixels.data[source + 2] ?? 0;
      counts[cell] += 1;
    }
  }
  const data = new Uint8Array(sums.length);
  for (let index = 0; index < data.length; index++) {
    data[index] = Math.round((sums[index] ?? 0) / (counts[Math.floor(index / 3)] || 1));
  }
  return { width, height, data, channels: 3 };
}

/** The size with its longer side at most `longest`. */
export function reducedSize({ width, height }: Size, longest: number): Size {
  const scale = Math.min(1, longest / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
