import type { Plane } from './plane.ts';

interface Components {
  /** 0 where the plane has another value than the one asked for, else the component's number from 1. */
  readonly labels: Int32Array;
  /** Cells by component number; index 0 is unused. */
  readonly areas: readonly number[];
  /** Whether a component touches the plane's rim, by number. */
  readonly atRim: readonly boolean[];
}

/** Connected cells of one value, by their four neighbours. */
export function findComponents({ width, height, data }: Plane, value: number): Components {
  const labels = new Int32Array(data.length);
  const areas = [0];
  const atRim = [false];
  const stack = new Int32Array(data.length);
  for (let start = 0; start < data.length; start++) {
    if (data[start] !== value || labels[start]) continue;
    const number = areas.length;
    let area = 0;
    let touches = false;
    let depth = 0;
    const visit = (cell: number) => {
      if (data[cell] !== value || labels[cell]) return;
      labels[cell] = number;
      stack[depth++] = cell;
    };
    visit(start);
    while (depth > 0) {
      const cell = stack[--depth] ?? 0;
      area++;
      const x = cell % width;
      const y = (cell - x) / width;
      touches ||= x === 0 || y === 0 || x === width - 1 || y === height - 1;
      if (x > 0) visit(cell - 1);
      if (x < width - 1) visit(cell + 1);
      if (y > 0) visit(cell - width);
      if (y < height - 1) visit(cell + width);
    }
    areas.push(area);
    atRim.push(touches);
  }
  return { labels, areas, atRim };
}
