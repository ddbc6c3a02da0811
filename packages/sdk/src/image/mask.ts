import { createHash } from 'node:crypto';
import { AtelierError } from '../errors/atelier-error.ts';
import { type Box, clipBox, roundBoxOut, type Size } from './geometry.ts';
import { decodeRle, encodeRle, type RleMask } from './rle.ts';

/**
 * One bit per pixel, the same size as its image. Immutable by contract.
 * Its JSON form is COCO's compressed run-length string (`toRle`), equal to what pycocotools writes.
 */
export class Mask {
  readonly width: number;
  readonly height: number;
  /** One byte a pixel, 0 or 1, row-major. */
  readonly data: Uint8Array;
  #summary: { area: number; bounds: Box | undefined } | undefined;
  #rle: RleMask | undefined;

  /** Any non-zero byte counts as 1. Throws `mask-invalid` when the data does not fit the size. */
  constructor(width: number, height: number, data: Uint8Array) {
    if (
      !Number.isInteger(width) ||
      !Number.isInteger(height) ||
      width < 1 ||
      height < 1 ||
      data.length !== width * height
    ) {
      throw new AtelierError({
        code: 'mask-invalid',
        message: `A mask of ${width} x ${height} takes one byte a pixel; ${data.length} bytes were given.`,
      });
    }
    this.width = width;
    this.height = height;
    this.data = data;
  }

  static fromBox(size: Size, box: Box): Mask {
    const data = new Uint8Array(size.width * size.height);
    const inside = clipBox(roundBoxOut(box), size);
    if (inside) {
      for (let y = inside.y; y < inside.y + inside.height; y++) {
        data.fill(1, y * size.width + inside.x, y * size.width + inside.x + inside.width);
      }
    }
    return new Mask(size.width, size.height, data);
  }

  static fromRle(rle: RleMask): Mask {
    const [height, width] = rle.size;
    const mask = new Mask(width, height, decodeRle(rle));
    mask.#rle = rle;
    return mask;
  }

  toRle(): RleMask {
    this.#rle ??= encodeRle(this);
    return this.#rle;
  }

  /** `mask_` + 32 hex digits of SHA-256 over the run-length form. */
  get id(): string {
    const { size, counts } = this.toRle();
    return `mask_${createHash('sha256').update(`${size[0]}x${size[1]}:${counts}`).digest('hex').slice(0, 32)}`;
  }

  /** Pixels set. */
  get area(): number {
    return this.#measure().area;
  }

  /** The smallest whole-pixel box around the set pixels; undefined for an empty mask. */
  get bounds(): Box | undefined {
    return this.#measure().bounds;
  }

  /** The same mask seen through a whole-pixel box inside it; throws `invalid-input` otherwise. */
  crop(box: Box): Mask {
    checkInside(box, this);
    const data = new Uint8Array(box.width * box.height);
    for (let y = 0; y < box.height; y++) {
      const start = (box.y + y) * this.width + box.x;
      data.set(this.data.subarray(start, start + box.width), y * box.width);
    }
    return new Mask(box.width, box.height, data);
  }

  /** The mask placed at (x, y) on an empty one of the given size, inside it; throws `invalid-input` otherwise. */
  placeOn(size: Size, x: number, y: number): Mask {
    checkInside({ x, y, width: this.width, height: this.height }, size);
    const data = new Uint8Array(size.width * size.height);
    for (let row = 0; row < this.height; row++) {
      data.set(this.data.subarray(row * this.width, (row + 1) * this.width), (y + row) * size.width + x);
    }
    return new Mask(size.width, size.height, data);
  }

  invert(): Mask {
    const data = new Uint8Array(this.data.length);
    for (let at = 0; at < data.length; at++) data[at] = this.data[at] === 0 ? 1 : 0;
    return new Mask(this.width, this.height, data);
  }

  #measure(): { area: number; bounds: Box | undefined } {
    this.#summary ??= measure(this);
    return this.#summary;
  }
}

function measure({ width, height, data }: Mask): { area: number; bounds: Box | undefined } {
  const rows = Buffer.from(data.buffer, data.byteOffset, data.length);
  const blank = new Uint8Array(width);
  let area = 0;
  let left = width;
  let right = -1;
  let top = height;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    const start = y * width;
    // Empty rows, most of a large photograph, are passed over at memory speed.
    if (rows.compare(blank, 0, width, start, start + width) === 0) continue;
    let first = 0;
    while (data[start + first] === 0) first++;
    let last = width - 1;
    while (data[start + last] === 0) last--;
    for (let x = first; x <= last; x++) if (data[start + x] !== 0) area++;
    left = Math.min(left, first);
    right = Math.max(right, last);
    top = Math.min(top, y);
    bottom = y;
  }
  if (right < 0) return { area: 0, bounds: undefined };
  return { area, bounds: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 } };
}

function checkInside(box: Box, size: Size): void {
  const whole = [box.x, box.y, box.width, box.height].every(Number.isInteger);
  const fits = box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height;
  if (whole && fits && box.width >= 1 && box.height >= 1) return;
  throw new AtelierError({
    code: 'invalid-input',
    message: `The box (${box.x}, ${box.y}, ${box.width} x ${box.height}) is no whole-pixel part of ${size.width} x ${size.height} pixels.`,
  });
}
