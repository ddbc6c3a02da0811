import { type Moments, momentsOf } from './moments.ts';
import type { Region } from './region.ts';

/** Cells along a side of the normal form. */
const side = 64;
/** How far it reaches from the middle, in standard deviations; a disc reaches to 2, a star's points to 3. */
const reach = 3.2;
/** Half a form in words of 32 cells. */
const words = (side * side) / 32;

/** An outline without its place, size, stretch and slant: one bit a cell. Only its turn is left. */
export type NormalForm = Uint32Array;

/** What is inside, asked in the patch's own frame, in standard deviations. */
export function drawForm(inside: (u: number, v: number) => boolean): NormalForm {
  const form = new Uint32Array(words);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const at = row * side + column;
      const u = ((column + 0.5) / side) * 2 * reach - reach;
      const v = ((row + 0.5) / side) * 2 * reach - reach;
      if (inside(u, v)) form[at >> 5] = (form[at >> 5] ?? 0) | (1 << (at & 31));
    }
  }
  return form;
}

export function formOf(region: Region, moments: Moments = momentsOf(region)): NormalForm {
  const { box, mask } = region;
  const [xx, xy, yy] = moments.root;
  return drawForm((u, v) => {
    const x = Math.floor(moments.x + xx * u + xy * v - box.x);
    const y = Math.floor(moments.y + xy * u + yy * v - box.y);
    return x >= 0 && y >= 0 && x < box.width && y < box.height && mask[y * box.width + x] === 1;
  });
}

/** Overlap of two forms, 0..1: cells in both by cells in either. */
export function overlapOf(one: NormalForm, other: NormalForm): number {
  let [both, either] = [0, 0];
  for (let index = 0; index < words; index++) {
    const [a = 0, b = 0] = [one[index], other[index]];
    both += bits(a & b);
    either += bits(a | b);
  }
  return either === 0 ? 0 : both / either;
}

function bits(word: number): number {
  let left = word - ((word >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
