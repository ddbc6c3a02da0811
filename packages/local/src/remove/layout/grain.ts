import type { Pixels } from '@atelier/sdk/image';
import { type Outline, placeOf } from './trace-rim.ts';

/** Fine detail of a surface: what is left of a piece of it when its shading is taken away. */
export interface Grain {
  readonly side: number;
  /** Three interleaved colours a pixel, in grey levels above or below the shading. */
  readonly detail: Float32Array;
  /** Mean of the three colours' sum over the piece; darker places have less detail. */
  readonly brightness: number;
}

const side = 28;
/** About so many places along either axis are looked at. */
const places = 48;
const block = 5;
/** Half the side of the mean that stands for shading. */
const shade = 2;
/** Pieces lie within this share of the way to the rim. */
const furthest = 0.88;

/**
 * Takes the grain of a disc from a piece of it with less detail than most: spots and scratches are no grain. Undefined where no whole piece
 * is seen.
 *
 * @param hole 1 = unknown.
 */
export function takeGrain(pixels: Pixels, hole: Uint8Array, outline: Outline): Grain | undefined {
  const { width, height } = pixels;
  const stride = Math.max(7, Math.ceil(Math.max(width, height) / places));
  const pieces: { left: number; top: number; energy: number }[] = [];
  for (let top = shade; top + side + shade <= height; top += stride) {
    for (let left = shade; left + side + shade <= width; left += stride) {
      if (!whole(hole, width, outline, left, top)) continue;
      pieces.push({ left, top, energy: energyOf(cut(pixels, left, top)) });
    }
  }
  if (pieces.length === 0) return undefined;
  pieces.sort((a, b) => a.energy - b.energy);
  const { left, top } = pieces[pieces.length >> 2];
  return { side, detail: withoutSpots(cut(pixels, left, top)), brightness: brightnessOf(pixels, left, top) };
}

/** The detail at a pixel: small blocks from random places of the piece, so that nothing in it is seen to repeat. */
export function grainAt({ side: length, detail }: Grain, x: number, y: number, channel: number): number {
  const draw = scramble(Math.floor(x / block), Math.floor(y / block));
  const left = (draw & 0xffff) % (length - block + 1);
  const top = (draw >>> 16) % (length - block + 1);
  return detail[((top + (y % block)) * length + left + (x % block)) * 3 + channel];
}

/** A fixed random number for every block. */
function scramble(column: number, row: number): number {
  let mixed = Math.imul(column + 1, 0x9e3779b1) ^ Math.imul(row + 1, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** Limits single strong values, which would catch the eye wherever they came to lie. */
function withoutSpots(detail: Float32Array): Float32Array {
  const limit = 2.5 * Math.sqrt(energyOf(detail) / detail.length);
  return detail.map((value) => Math.min(limit, Math.max(-limit, value)));
}

function whole(hole: Uint8Array, width: number, outline: Outline, left: number, top: number): boolean {
  for (const [x, y] of [
    [left, top],
    [left + side, top],
    [left, top + side],
    [left + side, top + side],
  ]) {
    if (placeOf(outline, x, y).share > furthest) return false;
  }
  for (let y = top - shade; y < top + side + shade; y++) {
    for (let x = left - shade; x < left + side + shade; x++) if (hole[y * width + x] === 1) return false;
  }
  return true;
}

function cut({ width, data }: Pixels, left: number, top: number): Float32Array {
  const detail = new Float32Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let v = -shade; v <= shade; v++) {
          for (let u = -shade; u <= shade; u++) sum += data[((top + y + v) * width + left + x + u) * 4 + channel];
        }
        const mean = sum / (2 * shade + 1) ** 2;
        detail[(y * side + x) * 3 + channel] = data[((top + y) * width + left + x) * 4 + channel] - mean;
      }
    }
  }
  return detail;
}

function brightnessOf({ width, data }: Pixels, left: number, top: number): number {
  let sum = 0;
  for (let y = top; y < top + side; y++) {
    for (let x = left; x < left + side; x++) {
      const at = (y * width + x) * 4;
      sum += data[at] + data[at + 1] + data[at + 2];
    }
  }
  return Math.max(1, sum / (side * side));
}

function energyOf(detail: Float32Array): number {
  return detail.reduce((sum, value) => sum + value * value, 0);
}
