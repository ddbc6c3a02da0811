import type { ColourPlane, Plane } from './plane.ts';

/** Colour difference (0..255, the largest of the three channels) from which an edge counts as plain to see. */
const plainEdge = 40;
const reach = 3;

/**
 * How much of the outline lies on an edge one can see, 0..1: along it, the colours `reach` cells to either side are
 * compared. It says how well the outline is supported by the picture, not whether the right thing was meant.
 */
export function outlineSupport(colours: ColourPlane, shape: Plane): number {
  const { width, height, data } = shape;
  let support = 0;
  let length = 0;
  const compare = (inside: number, outside: number) => {
    let difference = 0;
    for (let channel = 0; channel < 3; channel++) {
      const step = (colours.data[inside * 3 + channel] ?? 0) - (colours.data[outside * 3 + channel] ?? 0);
      difference = Math.max(difference, Math.abs(step));
    }
    support += Math.min(1, difference / plainEdge);
    length++;
  };
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const cell = y * width + x;
      if (data[cell] !== data[cell + 1]) compare(cell - reach + 1, cell + reach);
      if (data[cell] !== data[cell + width]) compare(cell - (reach - 1) * width, cell + reach * width);
    }
  }
  return length === 0 ? 0 : support / length;
}
