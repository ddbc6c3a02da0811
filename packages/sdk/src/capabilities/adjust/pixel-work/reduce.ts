import type { Pixels } from '../../../image/pixels.ts';
import { weightBounds } from './bounds.ts';
import { linearOfByte } from './oklab.ts';

/** Longest side of a reduced region, pixels. */
const longestSide = 192;
/** At most so many readings a reduced pixel, along each side: enough to even out the noise of the camera and of JPEG. */
const readings = 3;

/**
 * A region at a fixed size, in linear light. Whatever is decided on it is decided alike for a thumbnail and for the full
 * photograph of one scene. Regions that are smaller keep their size.
 */
export interface Reduced {
  readonly width: number;
  readonly height: number;
  /** Pixels of the picture per reduced pixel, 1 or more. */
  readonly scale: number;
  /** Where the reduced region begins in the picture, pixels. */
  readonly left: number;
  readonly top: number;
  /** Three channels a pixel, means over the region's own visible pixels. */
  readonly rgb: Float32Array;
  /** Mean weight and opacity, 0..255. */
  readonly weights: Uint8Array;
}

/** Undefined for an empty region. */
export function reduceRegion(pixels: Pixels, alpha: Uint8Array): Reduced | undefined {
  const bounds = weightBounds(pixels.width, pixels.height, alpha);
  if (!bounds) return undefined;
  const { left, top, right, bottom } = bounds;
  const scale = Math.max(1, Math.max(right - left, bottom - top) / longestSide);
  const width = Math.max(1, Math.round((right - left) / scale));
  const height = Math.max(1, Math.round((bottom - top) / scale));
  const columns = readingPlaces(left, right, width, scale);
  const rows = readingPlaces(top, bottom, height, scale);
  const rgb = new Float32Array(width * height * 3);
  const weights = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) readCell(pixels, alpha, columns[x], rows[y], y * width + x, rgb, weights);
  }
  return { width, height, scale, left, top, rgb, weights };
}

/** The pixels to read for each reduced one, along one side: the same ones of a region wherever it lies in its picture. */
function readingPlaces(from: number, to: number, length: number, scale: number): readonly Int32Array[] {
  const count = Math.min(readings, Math.ceil(scale));
  const side = to - from;
  return Array.from({ length }, (_, cell) =>
    Int32Array.from(
      { length: count },
      (_, at) => from + Math.min(side - 1, Math.floor(((cell + (at + 0.5) / count) * side) / length)),
    ),
  );
}

function readCell(
  { width, data }: Pixels,
  alpha: Uint8Array,
  columns: Int32Array,
  rows: Int32Array,
  cell: number,
  rgb: Float32Array,
  weights: Uint8Array,
): void {
  let red = 0;
  let green = 0;
  let blue = 0;
  let sum = 0;
  for (let row = 0; row < rows.length; row++) {
    for (let column = 0; column < columns.length; column++) {
      const index = rows[row] * width + columns[column];
      const pixel = index * 4;
      const weight = alpha[index] * data[pixel + 3];
      red += weight * linearOfByte[data[pixel]];
      green += weight * linearOfByte[data[pixel + 1]];
      blue += weight * linearOfByte[data[pixel + 2]];
      sum += weight;
    }
  }
  weights[cell] = Math.round(sum / 255 / (rows.length * columns.length));
  if (sum === 0) return;
  rgb[cell * 3] = red / sum;
  rgb[cell * 3 + 1] = green / sum;
  rgb[cell * 3 + 2] = blue / sum;
}
