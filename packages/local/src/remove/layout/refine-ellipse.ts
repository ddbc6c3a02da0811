import type { Edges } from './edges.ts';
import { type Ellipse, type RimPoint, rimPoint } from './ellipse.ts';

const samples = 180;
const rounds = 6;

/**
 * Moves an ellipse onto the edges along it: every visible rim point looks for the crest of the gradient within `reach`
 * pixels across the rim, and the five numbers are fitted to those crests.
 */
export function refineEllipse(edges: Edges, start: Ellipse, reach: number): Ellipse {
  let ellipse = start;
  for (let round = 0; round < rounds; round++) {
    const look = round < 3 ? reach : Math.min(reach, 1.5);
    ellipse = moveEllipse(ellipse, (turn) => crestOffset(edges, rimPoint(ellipse, turn), look));
  }
  return ellipse;
}

/**
 * One step of Gauss-Newton with Cauchy weights. `offsetAt` tells how far outwards, in pixels, the outline lies at an
 * eccentric angle in radians; undefined where that is not known. Leaves the ellipse where too little is known.
 */
export function moveEllipse(ellipse: Ellipse, offsetAt: (turn: number) => number | undefined): Ellipse {
  const normal = new Float64Array(25);
  const right = new Float64Array(5);
  let used = 0;
  for (let sample = 0; sample < samples; sample++) {
    const turn = (sample / samples) * 2 * Math.PI;
    const offset = offsetAt(turn);
    if (offset === undefined) continue;
    const { normalX, normalY } = rimPoint(ellipse, turn);
    const weight = 1 / (1 + offset ** 2);
    const row = derivatives(ellipse, turn, normalX, normalY);
    for (let i = 0; i < 5; i++) {
      right[i] += weight * row[i] * offset;
      for (let j = 0; j < 5; j++) normal[i * 5 + j] += weight * row[i] * row[j];
    }
    used++;
  }
  if (used < samples / 5) return ellipse;
  const change = solveFive(normal, right);
  if (change === undefined || change.some((value) => !(Math.abs(value) < 20))) return ellipse;
  return {
    x: ellipse.x + change[0],
    y: ellipse.y + change[1],
    along: ellipse.along + change[2],
    across: ellipse.across + change[3],
    angle: ellipse.angle + change[4] / Math.max(ellipse.along, 1),
  };
}

/** How a rim point moves along its normal with each number; the angle is counted in pixels at the far end. */
function derivatives(ellipse: Ellipse, turn: number, normalX: number, normalY: number): readonly number[] {
  const cosine = Math.cos(ellipse.angle);
  const sine = Math.sin(ellipse.angle);
  const u = Math.cos(turn);
  const v = Math.sin(turn);
  const turnX = -sine * ellipse.along * u - cosine * ellipse.across * v;
  const turnY = cosine * ellipse.along * u - sine * ellipse.across * v;
  return [
    normalX,
    normalY,
    normalX * cosine * u + normalY * sine * u,
    -normalX * sine * v + normalY * cosine * v,
    (normalX * turnX + normalY * turnY) / Math.max(ellipse.along, 1),
  ];
}

/** Where, across the rim, the aligned gradient is strongest, in pixels outwards; undefined where none is seen. */
function crestOffset(edges: Edges, { x, y, normalX, normalY }: RimPoint, reach: number): number | undefined {
  let best = 0;
  let place: number | undefined;
  for (let offset = -reach; offset <= reach; offset += 0.5) {
    const u = Math.round(x + offset * normalX);
    const v = Math.round(y + offset * normalY);
    if (u < 0 || v < 0 || u >= edges.width || v >= edges.height) continue;
    const pixel = v * edges.width + u;
    if (edges.hidden[pixel] === 1) continue;
    const aligned = Math.abs(Math.cos(edges.direction[pixel]) * normalX + Math.sin(edges.direction[pixel]) * normalY);
    if (aligned < 0.9) continue;
    const value = edges.strength[pixel] / (1 + 0.15 * Math.abs(offset));
    if (value > best) {
      best = value;
      place = offset;
    }
  }
  return best > 3 ? place : undefined;
}

/** Solves five linear equations by Gaussian elimination; undefined when they have no single solution. */
function solveFive(matrix: Float64Array, right: Float64Array): number[] | undefined {
  const size = 5;
  const rows = Array.from({ length: size }, (_value, i) => [...matrix.subarray(i * size, i * size + size), right[i]]);
  for (let i = 0; i < size; i++) rows[i][i] += 1e-6;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) pivot = row;
    }
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    const scale = rows[column][column];
    if (Math.abs(scale) < 1e-12) return undefined;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      const factor = rows[row][column] / scale;
      for (let entry = column; entry <= size; entry++) rows[row][entry] -= factor * rows[column][entry];
    }
  }
  return rows.map((row, index) => row[size] / row[index]);
}
