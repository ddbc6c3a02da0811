import type { Box, Size } from '@atelier/sdk';
import { intersectBoxes } from '@atelier/sdk/image';

/** Holes are told apart on a grid of at most this many cells a side: nearer ones belong together anyway. */
const gridSide = 256;

/**
 * The hole in parts that lie outside each other's surroundings, so that neither is copied from the other's remains.
 * @param surroundings what may be copied from for a part with these bounds.
 */
export function holesApart(hole: Uint8Array, size: Size, surroundings: (bounds: Box, size: Size) => Box): Uint8Array[] {
  const cell = Math.max(1, Math.ceil(Math.max(size.width, size.height) / gridSide));
  const grid = occupied(hole, size, cell);
  let groups = islands(grid).map((box) => inPixels(box, cell, size));
  for (let merged = true; merged; ) {
    merged = false;
    for (const [index, group] of groups.entries()) {
      const reach = surroundings(group, size);
      const other = groups
        .slice(index + 1)
        .find((bounds) => intersectBoxes(reach, bounds) ?? intersectBoxes(group, surroundings(bounds, size)));
      if (!other) continue;
      groups = [...groups.filter((one) => one !== group && one !== other), around(group, other)];
      merged = true;
      break;
    }
  }
  if (groups.length < 2) return groups.length === 0 ? [] : [hole];
  return groups.map((bounds) => cutOut(hole, size, bounds));
}

/** Whether each cell of the grid holds any of the hole. */
function occupied(hole: Uint8Array, { width, height }: Size, cell: number) {
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const cells = new Uint8Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cell) * columns;
    for (let x = 0; x < width; x++) if (hole[y * width + x]) cells[row + Math.floor(x / cell)] = 1;
  }
  return { columns, rows, cells };
}

/** The boxes, in cells, of what hangs together. Empties the grid. */
function islands({ columns, rows, cells }: ReturnType<typeof occupied>): Box[] {
  const boxes: Box[] = [];
  for (let start = 0; start < cells.length; start++) {
    if (cells[start] === 0) continue;
    const open = [start];
    cells[start] = 0;
    let [left, right, top, bottom] = [columns, 0, rows, 0];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % columns, Math.floor(at / columns)];
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
      for (const [nextX, nextY] of [
        [x - 1, y],
        [x + 1, y],
        [x, y - 1],
        [x, y + 1],
      ]) {
        const next = nextY * columns + nextX;
        if (nextX < 0 || nextY < 0 || nextX >= columns || nextY >= rows || cells[next] === 0) continue;
        cells[next] = 0;
        open.push(next);
      }
    }
    boxes.push({ x: left, y: top, width: right - left + 1, height: bottom - top + 1 });
  }
  return boxes;
}

const inPixels = (box: Box, cell: number, size: Size): Box => ({
  x: box.x * cell,
  y: box.y * cell,
  width: Math.min(size.width, (box.x + box.width) * cell) - box.x * cell,
  height: Math.min(size.height, (box.y + box.height) * cell) - box.y * cell,
});

function around(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** The hole within a box, on an empty ground of the full size. */
function cutOut(hole: Uint8Array, { width }: Size, box: Box): Uint8Array {
  const part = new Uint8Array(hole.length);
  for (let y = box.y; y < box.y + box.height; y++) {
    const from = y * width + box.x;
    part.set(hole.subarray(from, from + box.width), from);
  }
  return part;
}
