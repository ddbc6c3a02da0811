import type { Size } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { PaintedEdit } from '../shared/edit.ts';
import type { Verification } from '../shared/receipt.ts';
import type { PixelOperation } from './operation.ts';

/** Evidence needs a sample, and the event loop needs its turn: at most about this many pixels are measured. */
const sampledPixels = 1_000_000;
/** They lie in this many bands of rows, spread over the region: neighbours stay neighbours, and no part is left out. */
const bands = 8;

/** What the operation says of before and after, from a sample of the region. */
export function measurePixels(
  before: Image,
  painted: Pick<PaintedEdit, 'image' | 'region' | 'counts'>,
  operation: PixelOperation,
  parameters: Readonly<Record<string, unknown>>,
): Verification {
  // "As asked" must not be claimed of a picture that was so before: a white one brightened, a flat one blurred.
  if (painted.counts.changedInsideMask === 0) return { ok: false, reason: 'no pixel changed', by: 'pixels' };
  const { box, alpha } = painted.region;
  const rows = sampleRows(box);
  const sample = (pixels: Pixels): Pixels => ({
    width: box.width,
    height: rows.length,
    data: pickRows(pixels.data, rows, (row) => ((box.y + row) * pixels.width + box.x) * 4, box.width * 4),
  });
  const weights = pickRows(alpha, rows, (row) => row * box.width, box.width);
  const { done, evidence } = operation.measure(sample(before), sample(painted.image), parameters, weights);
  return { ok: done, reason: evidence, by: 'pixels' };
}

function sampleRows({ width, height }: Size): number[] {
  const all = Array.from({ length: height }, (_, row) => row);
  const bandHeight = Math.max(1, Math.floor(sampledPixels / bands / width));
  if (bandHeight * bands >= height) return all;
  return Array.from({ length: bands }, (_, band) => {
    const top = Math.round((band * (height - bandHeight)) / (bands - 1));
    return all.slice(top, top + bandHeight);
  }).flat();
}

function pickRows(
  bytes: Uint8Array,
  rows: readonly number[],
  startOf: (row: number) => number,
  length: number,
): Uint8Array {
  const picked = new Uint8Array(rows.length * length);
  rows.forEach((row, index) => {
    const start = startOf(row);
    picked.set(bytes.subarray(start, start + length), index * length);
  });
  return picked;
}
