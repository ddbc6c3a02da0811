import { unlessAborted } from '../../../image/abort.ts';
import type { Size } from '../../../image/geometry.ts';
import { loadSharp } from '../../../image/load-sharp.ts';
import type { Pixels } from '../../../image/pixels.ts';
import { fitInside, resizePixels } from '../../../image/resize.ts';
import { findSegments, type Segment } from './find-segments.ts';

export interface Tilt {
  /** Degrees, clockwise, by which the picture's lines lean. */
  readonly angle: number;
  /** Length of the lines that say so, as a share of the picture's longer side. */
  readonly support: number;
}

/** Long enough for a tenth of a degree, short enough for a tenth of a second. Pixels. */
const workingSide = 900;
/** Crookedness beyond this is intention. Degrees. */
export const mostTilt = 15;
/** How far lines of one direction spread: a kernel of this standard deviation, degrees. */
const spread = 0.4;
/** Degrees between the angles that are tried. */
const step = 0.1;
/** Uprights lean apart where the camera looks up or down: degrees from the middle to the edge that are tried. */
const convergences = [-10, -8, -6.5, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6.5, 8, 10];
/** What a degree of convergence takes off the score, so that it is not found where there is none. */
const convergencePenalty = 0.01;
/** Lines within this of the found angle are the ones that say so, degrees. */
const near = 1;
/** What the lines must add up to, as a share of the longer side, and of all long lines there are by weight. */
const leastSupport = 0.45;
const leastShare = 0.3;
/** The longest of them, as a share of the longer side. */
const leastLongest = 0.12;
/** The heaviest lines decide; thousands of others would only cost time. */
const mostLines = 300;
/** What an upright at the very edge of the picture loses of its weight. */
const outerDoubt = 0.6;

/** By how much the picture leans, from its long lines: horizons, walls, edges; undefined where no direction stands out. */
export async function findTilt(pixels: Pixels, signal?: AbortSignal): Promise<Tilt | undefined> {
  const size = fitInside(pixels, workingSide);
  const grey = await greyOf(await resizePixels(pixels, size, { signal }), signal);
  return dominantTilt(await findSegments(grey, size, signal), size);
}

/** Smoothed a little: steps between pixels would draw gradients to the axes. */
async function greyOf({ width, height, data }: Pixels, signal?: AbortSignal): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const picture = sharp(data, { raw: { width, height, channels: 4 } }).flatten({ background: '#808080' });
  return unlessAborted(picture.toColourspace('b-w').blur(0.8).raw().toBuffer(), signal);
}

/** How far to the left (-1) or right (1) an upright stands: what the camera's convergence adds to its tilt, in shares. */
const asideOf = ({ kind, x }: Segment, { width }: Size): number => (kind === 'upright' ? (2 * x) / width - 1 : 0);

/** Long lines count for more than many short ones of the same length, and uprights less where convergence moves them. */
const weightOf = (segment: Segment, size: Size): number =>
  segment.length ** 1.5 * (1 - outerDoubt * Math.abs(asideOf(segment, size)));

/** A direction of the camera: its tilt and its convergence, degrees. */
interface Direction {
  readonly angle: number;
  readonly convergence: number;
}

interface Line {
  readonly tilt: number;
  readonly length: number;
  readonly aside: number;
  readonly weight: number;
}

const offFrom = ({ tilt, aside }: Line, { angle, convergence }: Direction): number =>
  tilt - angle - convergence * aside;

/** The angle that most of the lines agree on; undefined where too few do. */
export function dominantTilt(segments: readonly Segment[], size: Size): Tilt | undefined {
  const lines = segments
    .map((segment) => ({
      tilt: segment.tilt,
      length: segment.length,
      aside: asideOf(segment, size),
      weight: weightOf(segment, size),
    }))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, mostLines);
  let direction = bestDirection(lines);
  const agreeing = (): Line[] => lines.filter((line) => Math.abs(offFrom(line, direction)) <= near);
  for (let round = 0; round < 3; round++) direction = fitted(agreeing(), direction);
  const chosen = agreeing();
  const side = Math.max(size.width, size.height);
  const sum = (among: readonly Line[], of: (line: Line) => number): number =>
    among.reduce((total, line) => total + of(line), 0);
  const support = sum(chosen, ({ length }) => length) / side;
  const share =
    sum(chosen, ({ weight }) => weight) /
    Math.max(
      1e-9,
      sum(lines, ({ weight }) => weight),
    );
  const longest = Math.max(0, ...chosen.map(({ length }) => length)) / side;
  if (support < leastSupport || share < leastShare || longest < leastLongest) return undefined;
  return Math.abs(direction.angle) <= mostTilt ? { angle: direction.angle, support } : undefined;
}

/** By trying them: a kernel around each direction, summed over the lines. */
function bestDirection(lines: readonly Line[]): Direction {
  let best = { score: 0, angle: 0, convergence: 0 };
  for (const convergence of convergences) {
    const faith = 1 - convergencePenalty * Math.abs(convergence);
    for (let angle = -mostTilt; angle <= mostTilt; angle += step) {
      let sum = 0;
      for (const line of lines) {
        const off = (line.tilt - angle - convergence * line.aside) / spread;
        if (off * off < 16) sum += line.weight * Math.exp(-off * off * 0.5);
      }
      if (sum * faith > best.score) best = { score: sum * faith, angle, convergence };
    }
  }
  return best;
}

/** Least squares over the lines that agree; few uprights at one side cannot tell convergence, which stays near what it was. */
function fitted(lines: readonly Line[], from: Direction): Direction {
  let [w, wa, waa, wo, wao] = [1e-9, 0, 0, 0, 0];
  for (const line of lines) {
    const off = offFrom(line, from);
    w += line.weight;
    wa += line.weight * line.aside;
    waa += line.weight * line.aside ** 2;
    wo += line.weight * off;
    wao += line.weight * line.aside * off;
  }
  const held = waa + 0.05 * w;
  const determinant = w * held - wa ** 2;
  return {
    angle: from.angle + (wo * held - wa * wao) / determinant,
    convergence: from.convergence + (w * wao - wa * wo) / determinant,
  };
}
