/** COCO's compressed run-length mask: `size` is [height, width]; runs go down the columns, beginning with what is not in it. */
export interface RleMask {
  readonly size: readonly [height: number, width: number];
  readonly counts: string;
}

export interface SampledMask {
  readonly width: number;
  readonly height: number;
  /** Row-major, 1 inside the mask. */
  readonly data: Uint8Array;
}

/**
 * A mask at the size it is drawn in, read straight from its runs: the mask of a large photograph is never unfolded.
 * Undefined for what is no mask.
 */
export function sampleMask(rle: unknown, width: number, height: number): SampledMask | undefined {
  const mask = readRle(rle);
  const ends = mask && runEnds(mask);
  if (!mask || !ends) return undefined;
  const [rows, columns] = mask.size;
  const data = new Uint8Array(width * height);
  let [run, previous, atTop] = [0, -1, 0];
  for (let x = 0; x < width; x++) {
    const column = Math.floor(((x + 0.5) * columns) / width) * rows;
    // Positions only grow, and so does the run they are in; a column that is drawn again begins where it began.
    if (column === previous) run = atTop;
    for (let y = 0; y < height; y++) {
      const position = column + Math.floor(((y + 0.5) * rows) / height);
      while (position >= (ends[run] ?? Number.POSITIVE_INFINITY)) run++;
      if (y === 0) atTop = run;
      data[y * width + x] = run % 2;
    }
    previous = column;
  }
  return { width, height, data };
}

/** Size of the picture that a mask belongs to; undefined for what is no mask. */
export function readRle(value: unknown): RleMask | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { size, counts }: { size?: unknown; counts?: unknown } = value;
  const [height, width]: readonly unknown[] = Array.isArray(size) ? size : [];
  if (typeof counts !== 'string' || !isLength(height) || !isLength(width)) return undefined;
  return { size: [height, width], counts };
}

const isLength = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= 2 ** 16;

/** Where each run ends. Five bits a character, low first, bit 5 set while more follow; from the fourth run on the difference to the run two before. */
function runEnds({ size: [height, width], counts }: RleMask): Float64Array | undefined {
  const ends = new Float64Array(counts.length);
  const runs = new Float64Array(counts.length);
  let [count, end] = [0, 0];
  for (let index = 0; index < counts.length; count++) {
    let [value, shift, bits] = [0, 0, 0x20];
    while (bits & 0x20) {
      bits = counts.charCodeAt(index++) - 48;
      if (!(bits >= 0 && bits < 64) || shift > 25) return undefined;
      value |= (bits & 0x1f) << shift;
      shift += 5;
    }
    if (bits & 0x10) value |= -1 << shift;
    if (count > 2) value += runs[count - 2] ?? 0;
    runs[count] = value;
    end += value;
    ends[count] = end;
    if (value < 0) return undefined;
  }
  return end === height * width ? ends.subarray(0, count) : undefined;
}
