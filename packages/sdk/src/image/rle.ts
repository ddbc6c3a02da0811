import { AtelierError } from '../errors/atelier-error.ts';

/** COCO's compressed run-length mask: `size` is [height, width], `counts` the ASCII string pycocotools writes. */
export interface RleMask {
  readonly size: readonly [height: number, width: number];
  readonly counts: string;
}

/** What a mask needs to be encoded: one byte a pixel, row-major, anything but 0 counts as set. */
export interface MaskPixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Runs are 32-bit, and a short string must not be able to ask for unbounded memory. */
const maxMaskPixels = 2 ** 28;
/** Six characters of five bits hold every difference of two runs within the limit. */
const largestShift = 25;
const firstCharacter = 48;
const lastCharacter = firstCharacter + 63;

/**
 * The mask as COCO's compressed run-length string, byte for byte what `pycocotools.mask.encode` writes.
 * Format: Lin et al., "Microsoft COCO: Common Objects in Context", 2014.
 */
export function encodeRle(mask: MaskPixels): RleMask {
  return { size: [mask.height, mask.width], counts: runsToString(toRuns(mask)) };
}

/**
 * The mask's pixels, one byte (0 or 1) each, row-major.
 * Throws `mask-invalid` for sizes that are no sizes, characters outside the alphabet, and runs that do not add up to the size.
 */
export function decodeRle(rle: RleMask): Uint8Array {
  const [height, width] = checkSize(rle.size);
  if (typeof rle.counts !== 'string') throw invalid('The mask has no run lengths.');
  const runs = stringToRuns(rle.counts, width * height);
  const data = new Uint8Array(width * height);
  let position = 0;
  for (let index = 0; index < runs.length; index++) {
    const run = runs[index] ?? 0;
    if (index % 2 === 1) fillRun(data, width, height, position, position + run);
    position += run;
  }
  return data;
}

/** Lengths of the alternating runs of 0 and 1 down the columns, beginning with 0. */
function toRuns(mask: MaskPixels): Int32Array {
  const changes = findChanges(mask);
  const runs = new Int32Array(changes.length + 1);
  let previous = 0;
  for (let index = 0; index < changes.length; index++) {
    const position = changes[index] ?? 0;
    runs[index] = position - previous;
    previous = position;
  }
  runs[changes.length] = mask.width * mask.height - previous;
  return runs;
}

/**
 * Column-major positions where the bit differs from the one before, ascending.
 * Rows are read in memory order (walking down columns would miss the cache on every pixel) and the few changes sorted by column after.
 */
function findChanges({ width, height, data }: MaskPixels): Int32Array {
  const found = new ChangeList();
  const perColumn = new Int32Array(width + 1);
  for (let x = 0; x < width; x++) {
    const before = x === 0 ? 0 : data[(height - 1) * width + x - 1];
    if (!data[x] !== !before) {
      found.push(x, 0);
      perColumn[x + 1] = (perColumn[x + 1] ?? 0) + 1;
    }
  }
  const rows = Buffer.from(data.buffer, data.byteOffset, data.length);
  for (let y = 1; y < height; y++) {
    const start = y * width;
    // Equal rows, most of a photograph's mask, are passed over at memory speed.
    if (rows.compare(rows, start, start + width, start - width, start) === 0) continue;
    for (let x = 0; x < width; x++) {
      const bit = data[start + x];
      const above = data[start + x - width];
      if (bit !== above && !bit !== !above) {
        found.push(x, y);
        perColumn[x + 1] = (perColumn[x + 1] ?? 0) + 1;
      }
    }
  }
  return found.sortByColumn(perColumn, height);
}

/** Growable (x, y) pairs, pushed in row order. */
class ChangeList {
  #pairs = new Int32Array(4096);
  #length = 0;

  push(x: number, y: number): void {
    if (this.#length === this.#pairs.length) {
      const larger = new Int32Array(this.#pairs.length * 2);
      larger.set(this.#pairs);
      this.#pairs = larger;
    }
    this.#pairs[this.#length++] = x;
    this.#pairs[this.#length++] = y;
  }

  /** A counting sort: stable, so every column stays ordered from top to bottom. `perColumn[x + 1]` counts column x and is used up. */
  sortByColumn(perColumn: Int32Array, height: number): Int32Array {
    for (let x = 1; x < perColumn.length; x++) perColumn[x] = (perColumn[x] ?? 0) + (perColumn[x - 1] ?? 0);
    const sorted = new Int32Array(this.#length / 2);
    for (let index = 0; index < this.#length; index += 2) {
      const x = this.#pairs[index] ?? 0;
      const slot = perColumn[x] ?? 0;
      perColumn[x] = slot + 1;
      sorted[slot] = x * height + (this.#pairs[index + 1] ?? 0);
    }
    return sorted;
  }
}

/** Sets the column-major positions [from, to). */
function fillRun(data: Uint8Array, width: number, height: number, from: number, to: number): void {
  let x = Math.floor(from / height);
  let y = from - x * height;
  for (let left = to - from; left > 0; x++) {
    const rows = Math.min(left, height - y);
    const end = (y + rows) * width + x;
    for (let offset = y * width + x; offset < end; offset += width) data[offset] = 1;
    left -= rows;
    y = 0;
  }
}

/** From the fourth run on, the difference to the run two before; 5 bits a character, low first, bit 5 set while more follow. */
function runsToString(runs: Int32Array): string {
  const out = Buffer.allocUnsafe(runs.length * 7);
  let length = 0;
  for (let index = 0; index < runs.length; index++) {
    let value = (runs[index] ?? 0) - (index > 2 ? (runs[index - 2] ?? 0) : 0);
    for (let more = true; more; ) {
      const bits = value & 0x1f;
      value >>= 5;
      // Bit 4 of the last character is the sign, as in signed LEB128.
      more = bits & 0x10 ? value !== -1 : value !== 0;
      out[length++] = firstCharacter + (more ? bits | 0x20 : bits);
    }
  }
  return out.toString('latin1', 0, length);
}

function stringToRuns(counts: string, pixels: number): Int32Array {
  const runs = new Int32Array(counts.length);
  let length = 0;
  let total = 0;
  for (let index = 0; index < counts.length; length++) {
    let value = 0;
    let shift = 0;
    for (let more = true; more; shift += 5) {
      const code = index < counts.length ? counts.charCodeAt(index) : -1;
      if (code < 0) throw invalid('The run lengths of the mask break off in the middle of a number.');
      if (code < firstCharacter || code > lastCharacter || shift > largestShift) {
        throw invalid(`The run lengths of the mask cannot be read at character ${index}.`);
      }
      index++;
      const bits = code - firstCharacter;
      value |= (bits & 0x1f) << shift;
      more = (bits & 0x20) !== 0;
      if (!more && bits & 0x10) value |= -1 << (shift + 5);
    }
    if (length > 2) value += runs[length - 2] ?? 0;
    total += value;
    if (value < 0 || total > pixels) throw invalid(`The runs of the mask do not add up to its ${pixels} pixels.`);
    runs[length] = value;
  }
  if (total !== pixels) throw invalid(`The runs of the mask do not add up to its ${pixels} pixels.`);
  return runs.subarray(0, length);
}

function checkSize(size: unknown): readonly [number, number] {
  const [height, width]: readonly unknown[] = Array.isArray(size) && size.length === 2 ? size : [];
  if (!isPositiveInteger(height) || !isPositiveInteger(width)) {
    throw invalid('A run-length mask needs `size: [height, width]` in whole pixels, both at least 1.');
  }
  if (height * width > maxMaskPixels) {
    throw invalid(`A mask of ${width} x ${height} is over the limit of ${maxMaskPixels} pixels.`);
  }
  return [height, width];
}

const isPositiveInteger = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1;

const invalid = (message: string): AtelierError =>
  new AtelierError({
    code: 'mask-invalid',
    message,
    hint: "Pass COCO's compressed form as pycocotools writes it: { size: [height, width], counts: '...' }.",
  });
