import { type Box, clipBox, roundBoxOut, type Size } from '../../image/geometry.ts';
import { Mask } from '../../image/mask.ts';
import { inSlices } from '../../image/slices.ts';

/** Boxes, masks and weighted regions put together into one mask, in short slices and without a mask for each of them. */
export class PixelUnion {
  readonly #size: Size;
  readonly #data: Uint8Array;
  readonly #signal: AbortSignal | undefined;

  constructor(size: Size, signal?: AbortSignal) {
    this.#size = size;
    this.#data = new Uint8Array(size.width * size.height);
    this.#signal = signal;
  }

  /** Boxes reach out to whole pixels; what lies outside the picture is left out. */
  async addBoxes(boxes: readonly Box[]): Promise<void> {
    const { width } = this.#size;
    const fill = (box: Box): void => {
      const inside = clipBox(roundBoxOut(box), this.#size);
      if (!inside) return;
      for (let y = inside.y; y < inside.y + inside.height; y++) {
        const start = y * width + inside.x;
        this.#data.fill(1, start, start + inside.width);
      }
    };
    await this.#inSlices(boxes.length, (from, to) => boxes.slice(from, to).forEach(fill));
  }

  /** A mask of the picture's size. */
  async addMask({ bounds, data }: Mask): Promise<void> {
    if (bounds) await this.#add(bounds, (y) => data.subarray(y * this.#size.width + bounds.x));
  }

  /** Every pixel of a whole-pixel box inside the picture whose weight is not 0. */
  async addWeights(box: Box, weights: Uint8Array): Promise<void> {
    await this.#add(box, (y) => weights.subarray((y - box.y) * box.width));
  }

  toMask(): Mask {
    return new Mask(this.#size.width, this.#size.height, this.#data);
  }

  /** `rowAt` gives what is in a row of the box, from its left edge on. */
  async #add(box: Box, rowAt: (y: number) => Uint8Array): Promise<void> {
    await this.#inSlices(box.height, (from, to) => {
      for (let y = box.y + from; y < box.y + to; y++) {
        const row = rowAt(y);
        const start = y * this.#size.width + box.x;
        for (let x = 0; x < box.width; x++) if (row[x] !== 0) this.#data[start + x] = 1;
      }
    });
  }

  #inSlices(rows: number, work: (from: number, to: number) => void): Promise<void> {
    return inSlices(rows, work, { signal: this.#signal });
  }
}
