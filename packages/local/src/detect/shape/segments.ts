import type { LabPlanes } from './lab-planes.ts';

/** Lightness counts less than colour, because shading changes it within a thing. */
const lightnessWeight = 0.7;
const colourWeight = 1.3;
/** Steps that differences are sorted into, and the difference of the last. */
const steps = 512;
const largest = 0.4;

/**
 * Parts a picture where neighbours differ by more than each side does in itself (Felzenszwalb and Huttenlocher 2004).
 * A slow change of light stays inside a part, an edge ends it. `scale` is how much of a difference a part of one cell forgives;
 * parts under `smallest` cells join their nearest neighbour. Gives each cell its part's number.
 */
export function segmentLabels(
  edges: SortedEdges,
  { width, height }: LabPlanes,
  { scale, smallest }: { readonly scale: number; readonly smallest: number },
): Int32Array {
  const count = width * height;
  const parent = Int32Array.from({ length: count }, (_, index) => index);
  const size = new Int32Array(count).fill(1);
  const inner = new Float32Array(count);
  const find = (cell: number): number => {
    let root = cell;
    while (parent[root] !== root) root = parent[root] ?? root;
    for (let at = cell; at !== root; ) {
      const next = parent[at] ?? root;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const join = (one: number, other: number): number => {
    const [keep, gone] = (size[one] ?? 0) >= (size[other] ?? 0) ? [one, other] : [other, one];
    parent[gone] = keep;
    size[keep] = (size[keep] ?? 0) + (size[gone] ?? 0);
    return keep;
  };
  for (let index = 0; index < edges.from.length; index++) {
    const one = find(edges.from[index] ?? 0);
    const other = find(edges.to[index] ?? 0);
    if (one === other) continue;
    const weight = edges.weight[index] ?? 0;
    const allowed = Math.min(
      (inner[one] ?? 0) + scale / (size[one] ?? 1),
      (inner[other] ?? 0) + scale / (size[other] ?? 1),
    );
    if (weight <= allowed) inner[join(one, other)] = weight;
  }
  for (let index = 0; index < edges.from.length; index++) {
    const one = find(edges.from[index] ?? 0);
    const other = find(edges.to[index] ?? 0);
    if (one !== other && Math.min(size[one] ?? 0, size[other] ?? 0) < smallest) join(one, other);
  }
  return parent.map((_, cell) => find(cell));
}

/** Pairs of neighbours by their cells, and how much they differ. */
export interface SortedEdges {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly weight: Float32Array;
}

/** Neighbours across and down, least different first, by counting sort. */
export function sortedEdges({ width, height, L, a, b }: LabPlanes): SortedEdges {
  const most = 2 * width * height;
  const key = new Uint16Array(most);
  const start = new Int32Array(most);
  const counts = new Int32Array(steps + 1);
  let used = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      for (let side = 0; side < 2; side++) {
        if (side === 0 ? x + 1 >= width : y + 1 >= height) continue;
        const next = side === 0 ? at + 1 : at + width;
        const light = lightnessWeight * ((L[at] ?? 0) - (L[next] ?? 0));
        const green = colourWeight * ((a[at] ?? 0) - (a[next] ?? 0));
        const yellow = colourWeight * ((b[at] ?? 0) - (b[next] ?? 0));
        // Math.hypot takes ten times as long.
        const difference = Math.sqrt(light * light + green * green + yellow * yellow);
        const step = Math.min(steps - 1, Math.floor((difference / largest) * steps));
        key[used] = step;
        start[used++] = at * 2 + side;
        counts[step + 1] = (counts[step + 1] ?? 0) + 1;
      }
    }
  }
  for (let step = 1; step <= steps; step++) counts[step] = (counts[step] ?? 0) + (counts[step - 1] ?? 0);
  const from = new Int32Array(used);
  const to = new Int32Array(used);
  const weight = new Float32Array(used);
  for (let index = 0; index < used; index++) {
    const step = key[index] ?? 0;
    const place = counts[step] ?? 0;
    counts[step] = place + 1;
    const code = start[index] ?? 0;
    from[place] = code >> 1;
    to[place] = (code >> 1) + (code & 1 ? width : 1);
    weight[place] = ((step + 0.5) / steps) * largest;
  }
  return { from, to, weight };
}
