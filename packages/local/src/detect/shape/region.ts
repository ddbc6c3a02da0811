import type { Box } from '@atelier/sdk';

/** One connected patch of a picture: a mask (1 inside) over its box. */
export interface Region {
  readonly box: Box;
  readonly mask: Uint8Array;
  /** Cells inside. */
  readonly area: number;
}

/** Cells of one patch by their labels in a map of the whole picture. */
export function regionOf(labels: Int32Array, width: number, label: number, box: Box, area: number): Region {
  const mask = new Uint8Array(box.width * box.height);
  for (let y = 0; y < box.height; y++) {
    const from = (box.y + y) * width + box.x;
    for (let x = 0; x < box.width; x++) if (labels[from + x] === label) mask[y * box.width + x] = 1;
  }
  return { box, mask, area };
}

/** The patch without its holes, and the largest of them. */
export function fillHoles({ box, mask, area }: Region): { readonly filled: Region; readonly hole: Region | undefined } {
  const { width, height } = box;
  const outside = new Uint8Array(width * height);
  const stack: number[] = [];
  const enter = (x: number, y: number): void => {
    const at = y * width + x;
    if (mask[at] || outside[at]) return;
    outside[at] = 1;
    stack.push(at);
  };
  for (let x = 0; x < width; x++) {
    enter(x, 0);
    enter(x, height - 1);
  }
  for (let y = 0; y < height; y++) {
    enter(0, y);
    enter(width - 1, y);
  }
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const x = at % width;
    const y = (at - x) / width;
    if (x > 0) enter(x - 1, y);
    if (x < width - 1) enter(x + 1, y);
    if (y > 0) enter(x, y - 1);
    if (y < height - 1) enter(x, y + 1);
  }
  const filled = new Uint8Array(width * height);
  const inner = new Uint8Array(width * height);
  let filledArea = 0;
  for (let at = 0; at < filled.length; at++) {
    if (outside[at]) continue;
    filled[at] = 1;
    filledArea++;
    if (!mask[at]) inner[at] = 1;
  }
  const hole = filledArea > area ? largestPatch(inner, width, height) : undefined;
  return {
    filled: { box, mask: filled, area: filledArea },
    hole: hole && { ...hole, box: { ...hole.box, x: hole.box.x + box.x, y: hole.box.y + box.y } },
  };
}

/** Where a patch begins and ends, and how many cells it has. */
export interface Patch {
  readonly label: number;
  readonly box: Box;
  readonly area: number;
}

/**
 * Connected patches (four neighbours) of cells of one value, of at least `smallest` cells. `labels` gets numbers from 1.
 * With `skipped`, cells of that value belong to none.
 */
export function patchesOf(
  values: Uint8Array,
  size: { readonly width: number; readonly height: number },
  labels: Int32Array,
  { smallest = 1, skipped = -1 }: { readonly smallest?: number; readonly skipped?: number } = {},
): Patch[] {
  const { width, height } = size;
  labels.fill(0);
  const stack = new Int32Array(width * height);
  const patches: Patch[] = [];
  let label = 0;
  for (let start = 0; start < values.length; start++) {
    const value = values[start] as number; // Inside the array: `?? 0` here costs a third of the time.
    if (value === skipped || labels[start] !== 0) continue;
    label++;
    let left = width;
    let right = 0;
    let bottom = 0;
    let area = 0;
    let depth = 1;
    labels[start] = label;
    stack[0] = start;
    while (depth > 0) {
      const at = stack[--depth] as number;
      const x = at % width;
      area++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (at > bottom) bottom = at;
      if (x > 0 && values[at - 1] === value && labels[at - 1] === 0) {
        labels[at - 1] = label;
        stack[depth++] = at - 1;
      }
      if (x < width - 1 && values[at + 1] === value && labels[at + 1] === 0) {
        labels[at + 1] = label;
        stack[depth++] = at + 1;
      }
      if (at >= width && values[at - width] === value && labels[at - width] === 0) {
        labels[at - width] = label;
        stack[depth++] = at - width;
      }
      if (at + width < values.length && values[at + width] === value && labels[at + width] === 0) {
        labels[at + width] = label;
        stack[depth++] = at + width;
      }
    }
    if (area < smallest) continue;
    const top = Math.floor(start / width);
    const box = { x: left, y: top, width: right - left + 1, height: Math.floor(bottom / width) - top + 1 };
    patches.push({ label, area, box });
  }
  return patches;
}

function largestPatch(set: Uint8Array, width: number, height: number): Region | undefined {
  const labels = new Int32Array(width * height);
  const patches = patchesOf(set, { width, height }, labels, { skipped: 0 });
  const [largest] = patches.sort((a, b) => b.area - a.area);
  return largest && regionOf(labels, width, largest.label, largest.box, largest.area);
}
