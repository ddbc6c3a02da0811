import type { Patch } from '../shape/region.ts';
import type { OpponentPlanes } from './opponent-planes.ts';

/**
 * Patches whose neighbouring cells differ by no more than `step` grey levels in any channel: ink lies flat between the
 * steep edges of its letters, whatever it is written on. `labels` gets numbers from 1; only patches of `smallest` to
 * `largest` cells are told.
 */
export function flatPatches(
  { width, height, light, redGreen, blueYellow }: OpponentPlanes,
  labels: Int32Array,
  { step, smallest, largest }: { readonly step: number; readonly smallest: number; readonly largest: number },
): Patch[] {
  labels.fill(0);
  const stack = new Int32Array(width * height);
  const patches: Patch[] = [];
  let label = 0;
  let depth = 0;
  const enter = (next: number, l: number, r: number, b: number): void => {
    if (labels[next] !== 0) return;
    const [dl, dr, db] = [(light[next] ?? 0) - l, (redGreen[next] ?? 0) - r, (blueYellow[next] ?? 0) - b];
    if (dl > step || dl < -step || dr > step || dr < -step || db > step || db < -step) return;
    labels[next] = label;
    stack[depth++] = next;
  };
  for (let start = 0; start < labels.length; start++) {
    if (labels[start] !== 0) continue;
    label++;
    let left = width;
    let right = 0;
    let bottom = 0;
    let area = 0;
    labels[start] = label;
    stack[0] = start;
    depth = 1;
    while (depth > 0) {
      const at = stack[--depth] ?? 0;
      const x = at % width;
      area++;
      if (x < left) left = x;
      if (x > right) right = x;
      if (at > bottom) bottom = at;
      const l = light[at] ?? 0;
      const r = redGreen[at] ?? 0;
      const b = blueYellow[at] ?? 0;
      if (x > 0) enter(at - 1, l, r, b);
      if (x < width - 1) enter(at + 1, l, r, b);
      if (at >= width) enter(at - width, l, r, b);
      if (at + width < labels.length) enter(at + width, l, r, b);
    }
    if (area < smallest || area > largest) continue;
    const top = Math.floor(start / width);
    const box = { x: left, y: top, width: right - left + 1, height: Math.floor(bottom / width) - top + 1 };
    patches.push({ label, area, box });
  }
  return patches;
}
