import type { SampledMask } from './sample-mask.ts';

/** An edge between two pixels, in pixels of the mask. */
export type Edge = readonly [x1: number, y1: number, x2: number, y2: number];

/** The edges between what is in a mask and what is not, straight ones joined. The picture's own border is no edge. */
export function outlineOf({ width, height, data }: SampledMask): readonly Edge[] {
  const edges: Edge[] = [];
  const isSet = (x: number, y: number): boolean => data[y * width + x] === 1;
  for (let y = 1; y < height; y++) {
    collect(
      width,
      (x) => isSet(x, y) !== isSet(x, y - 1),
      (from, to) => edges.push([from, y, to, y]),
    );
  }
  for (let x = 1; x < width; x++) {
    collect(
      height,
      (y) => isSet(x, y) !== isSet(x - 1, y),
      (from, to) => edges.push([x, from, x, to]),
    );
  }
  return edges;
}

/** Tells each longest stretch of [0, length) in which something holds. */
function collect(length: number, holds: (at: number) => boolean, tell: (from: number, to: number) => void): void {
  let from = -1;
  for (let at = 0; at <= length; at++) {
    const does = at < length && holds(at);
    if (does && from < 0) from = at;
    if (!does && from >= 0) {
      tell(from, at);
      from = -1;
    }
  }
}
