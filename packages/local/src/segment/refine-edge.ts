import type { Pixels } from '@atelier/sdk';
import type { LocalModels } from './guided-filter.ts';
import type { Plane } from './plane.ts';

/**
 * The shape at full size. Only cells within `band` cells of the outline are looked at pixel by pixel, with the local
 * models between the four nearest cells; all others take their cell's value.
 */
export function refineEdge(pixels: Pixels, shape: Plane, models: LocalModels, band: number): Uint8Array {
  const { width, height } = pixels;
  const near = bandAround(shape, band);
  const columns = gridPositions(width, shape.width);
  const rows = gridPositions(height, shape.height);
  const result = new Uint8Array(width * height);
  for (let y = 0, pixel = 0; y < height; y++) {
    const rowCell = Math.floor((y * shape.height) / height) * shape.width;
    for (let x = 0; x < width; x++, pixel++) {
      const cell = rowCell + (columns.cell[x] ?? 0);
      if (near[cell]) result[pixel] = alphaAt(pixels.data, pixel, models, columns, x, rows, y) >= 0.5 ? 1 : 0;
      else result[pixel] = shape.data[cell] ?? 0;
    }
  }
  return result;
}

interface GridPositions {
  /** The cell that holds each pixel. */
  readonly cell: Int32Array;
  /** The nearest cell centre before it, the one after it, and how far it is on the way, 0..1. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly share: Float32Array;
}

function gridPositions(pixels: number, cells: number): GridPositions {
  const place = (pixel: number) => Math.max(0, Math.min(cells - 1, ((pixel + 0.5) * cells) / pixels - 0.5));
  const indices = Array.from({ length: pixels }, (_, pixel) => pixel);
  return {
    cell: Int32Array.from(indices, (pixel) => Math.floor((pixel * cells) / pixels)),
    before: Int32Array.from(indices, (pixel) => Math.floor(place(pixel))),
    after: Int32Array.from(indices, (pixel) => Math.min(cells - 1, Math.floor(place(pixel)) + 1)),
    share: Float32Array.from(indices, (pixel) => place(pixel) % 1),
  };
}

function alphaAt(
  data: Uint8Array,
  pixel: number,
  { width, data: models }: LocalModels,
  columns: GridPositions,
  x: number,
  rows: GridPositions,
  y: number,
): number {
  const red = (data[pixel * 4] ?? 0) / 255;
  const green = (data[pixel * 4 + 1] ?? 0) / 255;
  const blue = (data[pixel * 4 + 2] ?? 0) / 255;
  const model = (row: number, column: number) => {
    const at = (row * width + column) * 4;
    return (
      (models[at] ?? 0) * red + (models[at + 1] ?? 0) * green + (models[at + 2] ?? 0) * blue + (models[at + 3] ?? 0)
    );
  };
  const [left, right, across] = [columns.before[x] ?? 0, columns.after[x] ?? 0, columns.share[x] ?? 0];
  const [top, bottom, down] = [rows.before[y] ?? 0, rows.after[y] ?? 0, rows.share[y] ?? 0];
  const upper = model(top, left) * (1 - across) + model(top, right) * across;
  const lower = model(bottom, left) * (1 - across) + model(bottom, right) * across;
  return upper * (1 - down) + lower * down;
}

/** 1 where a cell of the other value lies within `radius` cells across, down or both. */
function bandAround({ width, height, data }: Plane, radius: number): Uint8Array {
  const near = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      const differs =
        (x + 1 < width && data[cell + 1] !== data[cell]) || (y + 1 < height && data[cell + width] !== data[cell]);
      if (!differs) continue;
      for (let row = Math.max(0, y - radius + 1); row <= Math.min(height - 1, y + radius); row++) {
        near.fill(1, row * width + Math.max(0, x - radius + 1), row * width + Math.min(width, x + radius + 1));
      }
    }
  }
  return near;
}
