import { distanceInside } from '../distance-transform.ts';
import type { Random } from '../random.ts';
import { binOf, type Edges } from './edges.ts';
import { type EdgePoint, type Ellipse, ellipseThrough, rimPoint } from './ellipse.ts';
import { refineEllipse } from './refine-ellipse.ts';

/** An outline that runs into the hole, with the evidence for it. */
export interface FoundEllipse {
  readonly ellipse: Ellipse;
  /** Share of the visible rim that lies on edges of the right direction. */
  readonly coverage: number;
  /** Edge strength along the visible rim, at most 240. */
  readonly evidence: number;
}

const trials = 30_000;
const samples = 128;
/** Share of the whole rim that must be seen outside the hole, and that must be hidden by it. */
const leastVisible = 0.4;
const leastHidden = 0.04;
/** Share of the visible rim that must lie on edges. */
const leastCoverage = 0.85;
/** Edge strength along the rim, at most 240; short or faint rims prove nothing. */
const leastEvidence = 85;
/** By how much that must exceed the coverage of the same curve moved elsewhere, which any texture has. */
const leastSurplus = 0.35;
/** Candidates with this much less evidence than the best are its equals. */
const tie = 0.12;
/** A change of this many grey levels a pixel leaves no doubt that there is an edge. */
const strongEdge = 24;

type Candidate = Omit<FoundEllipse, 'evidence'>;

interface Turn {
  readonly cosine: number;
  readonly sine: number;
}
const turns: readonly Turn[] = Array.from({ length: samples }, (_value, index) => ({
  cosine: Math.cos((index / samples) * 2 * Math.PI),
  sine: Math.sin((index / samples) * 2 * Math.PI),
}));

/**
 * Looks for an ellipse whose rim is interrupted by the hole: a plate, a saucer, a wheel, a lamp. RANSAC over oriented
 * edge points (Fischler and Bolles 1981); two of the three points lie near the hole, where the outline has to enter it.
 */
export function findEllipse(edges: Edges, hole: Uint8Array, random: Random): FoundEllipse | undefined {
  const near = pointsNearHole(edges, hole);
  if (near.length < 8 || edges.points.length < 60) return undefined;
  let candidates: Candidate[] = [];
  let best = 0;
  for (let trial = 0; trial < trials; trial++) {
    const first = near[random.below(near.length)];
    const second = near[random.below(near.length)];
    const third = edges.points[random.below(edges.points.length)];
    const ellipse = ellipseThrough(first, second, third);
    if (ellipse === undefined || !sane(ellipse, edges)) continue;
    const coverage = coverageOf(edges, hole, ellipse, Math.max(0.45, best - 0.15));
    if (coverage < Math.max(0.45, best - 0.15)) continue;
    best = Math.max(best, coverage);
    candidates.push({ ellipse, coverage });
    if (candidates.length > 400) candidates = candidates.sort(byCoverage).slice(0, 60);
  }
  return choose(edges, hole, candidates);
}

function byCoverage(a: Candidate, b: Candidate): number {
  return b.coverage - a.coverage;
}

function choose(edges: Edges, hole: Uint8Array, candidates: Candidate[]): FoundEllipse | undefined {
  const refined = candidates
    .sort(byCoverage)
    .slice(0, 40)
    .map(({ ellipse }) => refineEllipse(edges, ellipse, 3))
    .filter((ellipse) => sane(ellipse, edges))
    .map((ellipse) => ({ ellipse, coverage: coverageOf(edges, hole, ellipse, 0) }))
    .filter(({ coverage }) => coverage >= leastCoverage)
    .map((found) => ({ ...found, evidence: evidenceOf(edges, found.ellipse) }))
    .sort((a, b) => b.evidence - a.evidence);
  const [best] = refined;
  if (best === undefined || best.evidence < leastEvidence) return undefined;
  // A rim has an inner and an outer edge: of curves that run side by side, the one that encloses most is the outline.
  const equals = refined.filter(
    ({ ellipse, evidence }) => evidence >= (1 - tie) * best.evidence && sideBySide(ellipse, best.ellipse),
  );
  const area = ({ ellipse }: FoundEllipse): number => ellipse.along * ellipse.across;
  const chosen = equals.reduce((largest, other) => (area(other) > area(largest) ? other : largest));
  return chosen.coverage - chance(edges, hole, chosen.ellipse) >= leastSurplus ? chosen : undefined;
}

/** How much edge strength lies along the rim, summed so that a longer visible rim is more evidence than a short one. */
function evidenceOf(edges: Edges, ellipse: Ellipse): number {
  const count = 240;
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const { x, y, normalX, normalY } = rimPoint(ellipse, (index / count) * 2 * Math.PI);
    const u = Math.round(x);
    const v = Math.round(y);
    if (u < 1 || v < 1 || u >= edges.width - 1 || v >= edges.height - 1) continue;
    const pixel = v * edges.width + u;
    if (edges.hidden[pixel] === 1) continue;
    if (((edges.support[pixel] >> binOf(normalX, normalY)) & 1) === 0) sum -= 0.5;
    else sum += Math.min(1, edges.strength[pixel] / strongEdge);
  }
  return sum;
}

function sideBySide(first: Ellipse, second: Ellipse): boolean {
  const room = 0.06 * second.across;
  return (
    Math.hypot(first.x - second.x, first.y - second.y) <= room &&
    Math.abs(first.along - second.along) <= room &&
    Math.abs(first.across - second.across) <= room
  );
}

/** What the same curve covers elsewhere: the mean over moved and resized copies. */
function chance(edges: Edges, hole: Uint8Array, ellipse: Ellipse): number {
  const step = 0.09 * ellipse.across;
  const copies = [
    { ...ellipse, along: ellipse.along * 0.8, across: ellipse.across * 0.8 },
    { ...ellipse, along: ellipse.along * 1.12, across: ellipse.across * 1.12 },
    { ...ellipse, x: ellipse.x + step, y: ellipse.y - step },
    { ...ellipse, x: ellipse.x - step, y: ellipse.y + step },
  ];
  return copies.reduce((sum, copy) => sum + Math.max(0, coverageOf(edges, hole, copy, 0, 0.1, 0)), 0) / copies.length;
}

/** Ellipses that a thing in the picture can have: neither specks nor larger than the picture, and not seen edge-on. */
function sane(ellipse: Ellipse, { width, height }: Edges): boolean {
  const { x, y, along, across } = ellipse;
  const longest = Math.max(width, height);
  return (
    across >= 0.3 * along &&
    across >= 12 &&
    along <= 0.75 * longest &&
    x > -0.2 * width &&
    x < 1.2 * width &&
    y > -0.2 * height &&
    y < 1.2 * height
  );
}

/**
 * Share of the visible rim that lies on edges along it; -1 when too little of the rim is seen or hidden. Gives up once
 * `floor` is out of reach.
 */
function coverageOf(
  edges: Edges,
  hole: Uint8Array,
  ellipse: Ellipse,
  floor: number,
  visibleShare = leastVisible,
  hiddenShare = leastHidden,
): number {
  const { width, height, hidden, support } = edges;
  const cosine = Math.cos(ellipse.angle);
  const sine = Math.sin(ellipse.angle);
  let covered = 0;
  let visible = 0;
  let inHole = 0;
  for (let index = 0; index < samples; index++) {
    // A stride coprime to the count spreads the first looks over the whole rim, so that bad guesses end early.
    const { cosine: u, sine: v } = turns[(index * 37) % samples];
    const x = Math.round(ellipse.x + cosine * ellipse.along * u - sine * ellipse.across * v);
    const y = Math.round(ellipse.y + sine * ellipse.along * u + cosine * ellipse.across * v);
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    const pixel = y * width + x;
    if (hole[pixel] === 1) inHole++;
    if (hidden[pixel] === 1) continue;
    visible++;
    const nu = u * ellipse.across;
    const nv = v * ellipse.along;
    covered += (support[pixel] >> binOf(cosine * nu - sine * nv, sine * nu + cosine * nv)) & 1;
    if (visible === 24 && covered < visible * (floor - 0.25)) return -1;
  }
  if (visible < visibleShare * samples || inHole < hiddenShare * samples) return -1;
  return covered / visible;
}

function pointsNearHole(edges: Edges, hole: Uint8Array): EdgePoint[] {
  const away = distanceInside(
    hole.map((value) => 1 - value),
    edges.width,
    edges.height,
  );
  const reach = Math.max(10, 0.12 * Math.max(edges.width, edges.height));
  return edges.points.filter(({ x, y }) => away[y * edges.width + x] <= reach);
}
