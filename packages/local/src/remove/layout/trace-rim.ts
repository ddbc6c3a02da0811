import { binOf, type Edges } from './edges.ts';
import { type Ellipse, polarPlace, rimPoint } from './ellipse.ts';
import { moveEllipse } from './refine-ellipse.ts';

/** An outline near an ellipse: what lens, perspective and handwork make of it. */
export interface Outline {
  readonly ellipse: Ellipse;
  /** Per degree of the eccentric angle, the distance from the centre as a share of the ellipse's. */
  readonly stretch: Float32Array;
  /** Per degree, 1 = the outline is plainly seen there. */
  readonly seen: Uint8Array;
}

const degrees = 360;
/** Offsets are looked at in steps of half a pixel, up to this many pixels in and out. */
const reach = 5;
const states = 4 * reach + 1;
/** Price of a change of one step a degree, squared, in units of the reward for a strong edge. */
const bendPrice = 0.6;
/** An edge further out belongs to the outline when it has at least this share of the best one's strength. */
const outerShare = 0.5;

/** Follows the outline around an ellipse and fits the ellipse to it anew, which settles on one of several edges. */
export function settle(edges: Edges, start: Ellipse): Outline {
  let outline = traceRim(edges, start);
  for (let round = 0; round < 3; round++) {
    const { ellipse, stretch, seen } = outline;
    const moved = moveEllipse(ellipse, (turn) => {
      const degree = Math.round((turn * 180) / Math.PI) % degrees;
      const { x, y, normalX, normalY } = rimPoint(ellipse, turn);
      const depth = (x - ellipse.x) * normalX + (y - ellipse.y) * normalY;
      return seen[degree] === 1 ? (stretch[degree] - 1) * depth : undefined;
    });
    outline = traceRim(edges, moved);
  }
  return outline;
}

/** Follows the outline around an ellipse; where it is hidden, it goes on smoothly between its ends. */
function traceRim(edges: Edges, ellipse: Ellipse): Outline {
  let path = follow(edges, ellipse, new Float32Array(degrees));
  const outwards = outermost(edges, ellipse, path);
  if (outwards > 0) path = path.map((offset) => offset + outwards);
  const stretch = new Float32Array(degrees);
  const seen = new Uint8Array(degrees);
  for (let degree = 0; degree < degrees; degree++) {
    const point = rimPoint(ellipse, (degree * Math.PI) / 180);
    const depth = (point.x - ellipse.x) * point.normalX + (point.y - ellipse.y) * point.normalY;
    stretch[degree] = 1 + path[degree] / depth;
    const x = Math.round(point.x + path[degree] * point.normalX);
    const y = Math.round(point.y + path[degree] * point.normalY);
    if (x < 0 || y < 0 || x >= edges.width || y >= edges.height) continue;
    const pixel = y * edges.width + x;
    if (edges.hidden[pixel] === 0) seen[degree] = (edges.support[pixel] >> binOf(point.normalX, point.normalY)) & 1;
  }
  return { ellipse, stretch: smoothen(stretch), seen };
}

/** The path of most edge strength and least bending (dynamic programming), around the rim twice so that it closes. */
function follow(edges: Edges, ellipse: Ellipse, base: Float32Array): Float32Array {
  const length = 2 * degrees;
  const from = new Uint8Array(length * states);
  let gain = new Float64Array(states);
  for (let step = 0; step < length; step++) {
    const degree = step % degrees;
    const next = new Float64Array(states);
    for (let state = 0; state < states; state++) {
      let best = Number.NEGATIVE_INFINITY;
      for (let before = Math.max(0, state - 2); before <= Math.min(states - 1, state + 2); before++) {
        const value = gain[before] - bendPrice * (state - before) ** 2;
        if (value > best) {
          best = value;
          from[step * states + state] = before;
        }
      }
      const offset = (state - 2 * reach) / 2;
      next[state] =
        best +
        Math.min(1, alignedStrength(edges, ellipse, degree, base[degree] + offset) / 20) -
        0.004 * Math.abs(offset);
    }
    gain = next;
  }
  const path = new Float32Array(degrees);
  let state = gain.indexOf(Math.max(...gain));
  for (let step = length - 1; step >= degrees / 2; step--) {
    if (step < degrees * 1.5) path[step % degrees] = base[step % degrees] + (state - 2 * reach) / 2;
    state = from[step * states + state];
  }
  return path;
}

/** Strength of the edge along the rim at `offset` pixels outwards; 0 where none is seen. */
function alignedStrength(edges: Edges, ellipse: Ellipse, degree: number, offset: number): number {
  const point = rimPoint(ellipse, (degree * Math.PI) / 180);
  const x = Math.round(point.x + offset * point.normalX);
  const y = Math.round(point.y + offset * point.normalY);
  if (x < 0 || y < 0 || x >= edges.width || y >= edges.height) return 0;
  const pixel = y * edges.width + x;
  if (edges.hidden[pixel] === 1) return 0;
  const aligned = Math.cos(edges.direction[pixel]) * point.normalX + Math.sin(edges.direction[pixel]) * point.normalY;
  return edges.strength[pixel] * Math.max(0, 2 * aligned * aligned - 1);
}

/** How much further out, in pixels, the last edge that runs along the whole path lies. */
function outermost(edges: Edges, ellipse: Ellipse, path: Float32Array): number {
  const furthest = Math.min(8, Math.max(2, Math.round(0.05 * ellipse.across)));
  const profile: number[] = [];
  for (let outwards = 0; outwards <= furthest + 1; outwards += 0.5) {
    let sum = 0;
    for (let degree = 0; degree < degrees; degree++) {
      sum += Math.min(20, alignedStrength(edges, ellipse, degree, path[degree] + outwards));
    }
    profile.push(sum);
  }
  let last = 0;
  for (let place = 1; place < profile.length - 1; place++) {
    const crest = profile[place] >= profile[place - 1] && profile[place] > profile[place + 1];
    if (crest && profile[place] >= outerShare * profile[0]) last = place / 2;
  }
  return last;
}

function smoothen(values: Float32Array): Float32Array {
  const half = 4;
  return values.map((_value, degree) => {
    let sum = 0;
    for (let step = -half; step <= half; step++) sum += values[(degree + step + degrees) % degrees];
    return sum / (2 * half + 1);
  });
}

/** The outline's stretch at an eccentric angle in radians. */
export function stretchAt({ stretch }: Outline, turn: number): number {
  const place = ((((turn / (2 * Math.PI)) % 1) + 1) % 1) * degrees;
  const before = Math.floor(place) % degrees;
  const share = place - Math.floor(place);
  return stretch[before] * (1 - share) + stretch[(before + 1) % degrees] * share;
}

/** Where a pixel lies: its share of the way from the centre to the outline, and its eccentric angle in radians. */
export interface OutlinePlace {
  readonly share: number;
  readonly turn: number;
}

export function placeOf(outline: Outline, x: number, y: number): OutlinePlace {
  const { share, turn } = polarPlace(outline.ellipse, x, y);
  return { share: share / stretchAt(outline, turn), turn };
}

/**
 * Measures how many pixels beyond the outline a pixel lies, along the ray from the centre; negative inside. Exact near
 * the outline only.
 */
export function outlineDistance(outline: Outline): (x: number, y: number) => number {
  const { ellipse } = outline;
  const cosine = Math.cos(ellipse.angle);
  const sine = Math.sin(ellipse.angle);
  return (x, y) => {
    const dx = x - ellipse.x;
    const dy = y - ellipse.y;
    const u = (cosine * dx + sine * dy) / ellipse.along;
    const v = (cosine * dy - sine * dx) / ellipse.across;
    const square = u * u + v * v;
    // Most pixels are far from the rim.
    if (square < 0.64) return -0.2 * ellipse.across;
    if (square > 1.5) return 0.2 * ellipse.across;
    const share = Math.sqrt(square);
    return (Math.hypot(dx, dy) * (share - stretchAt(outline, Math.atan2(v, u)))) / share;
  };
}
