import { drawForm, type NormalForm, overlapOf } from './normal-form.ts';

/** Outlines up to stretch and slant: an ellipse is a disc, a rectangle a square. */
export type Template = 'disc' | 'square' | 'triangle' | 'pentagon' | 'hexagon' | 'star' | 'cross' | 'heart' | 'other';

interface Turned {
  /** Radians it is turned by. */
  readonly turn: number;
  readonly form: NormalForm;
}

interface DrawnTemplate {
  readonly template: Template;
  /** In even steps through the whole period. */
  readonly turned: readonly Turned[];
}

type Corner = readonly [x: number, y: number];

/** Degrees between the turns that are compared; half of it costs a square 1 % of overlap. */
const step = 3;

const around = (count: number, radius: (index: number) => number): readonly Corner[] =>
  Array.from({ length: count }, (_, index) => {
    const angle = (index / count) * 2 * Math.PI;
    return [radius(index) * Math.cos(angle), radius(index) * Math.sin(angle)];
  });
const regular = (count: number): readonly Corner[] => around(count, () => 1);
const star = (inner: number): readonly Corner[] => around(10, (index) => (index % 2 === 0 ? 1 : inner));

function cross(arm: number): readonly Corner[] {
  const a = arm;
  return [
    [a, 1],
    [-a, 1],
    [-a, a],
    [-1, a],
    [-1, -a],
    [-a, -a],
    [-a, -1],
    [a, -1],
    [a, -a],
    [1, -a],
    [1, a],
    [a, a],
  ];
}

/** Two round shoulders over a point; `depth` is how deep the notch between them goes. */
function heart(depth: number): readonly Corner[] {
  return Array.from({ length: 90 }, (_, index): Corner => {
    const t = (index / 90) * 2 * Math.PI;
    const x = 16 * Math.sin(t) ** 3;
    const y = 13 * Math.cos(t) - 5 * depth * Math.cos(2 * t) - 2 * Math.cos(3 * t) - Math.cos(4 * t);
    return [x, -y];
  });
}

/** A half disc and others that are none of the names, so that they are not taken for the nearest one. */
const halfDisc: readonly Corner[] = Array.from({ length: 40 }, (_, index) => {
  const angle = (index / 39) * Math.PI;
  return [Math.cos(angle), Math.sin(angle)];
});
const quarterDisc: readonly Corner[] = [
  [0, 0],
  ...Array.from({ length: 20 }, (_, index): Corner => {
    const angle = (index / 19) * (Math.PI / 2);
    return [Math.cos(angle), Math.sin(angle)];
  }),
];
const arrow: readonly Corner[] = [
  [0, 1],
  [1, 0.1],
  [0.4, 0.1],
  [0.4, -1],
  [-0.4, -1],
  [-0.4, 0.1],
  [-1, 0.1],
];
const corner: readonly Corner[] = [
  [0, 0],
  [2, 0],
  [2, 1],
  [1, 1],
  [1, 2],
  [0, 2],
];
const trapezium: readonly Corner[] = [
  [-1, 0],
  [1, 0],
  [0.5, 1],
  [-0.5, 1],
];

const outlines: readonly { template: Template; corners: readonly Corner[]; period: number }[] = [
  { template: 'disc', corners: regular(72), period: step },
  { template: 'square', corners: regular(4), period: 90 },
  { template: 'triangle', corners: regular(3), period: 120 },
  { template: 'pentagon', corners: regular(5), period: 72 },
  { template: 'hexagon', corners: regular(6), period: 60 },
  ...[0.38, 0.48, 0.6].map((inner) => ({ template: 'star' as const, corners: star(inner), period: 72 })),
  ...[0.2, 0.3, 0.4].map((arm) => ({ template: 'cross' as const, corners: cross(arm), period: 90 })),
  ...[0.8, 1, 1.3].map((depth) => ({ template: 'heart' as const, corners: heart(depth), period: 360 })),
  ...[halfDisc, quarterDisc, arrow, corner, trapezium].map((corners) => ({
    template: 'other' as const,
    corners,
    period: 360,
  })),
];

let drawn: readonly DrawnTemplate[] | undefined;

/** Cells along a side of the drawing that is turned, and how far it reaches from the middle, in standard deviations. */
const drawnSide = 220;
const drawnReach = 3.3;

/** All templates in all turns; drawn once a thread. */
export function templates(): readonly DrawnTemplate[] {
  drawn ??= outlines.map(({ template, corners, period }) => {
    const inside = drawPolygon(normalised(corners), drawnSide, drawnReach);
    const turns = Math.round(period / (period === 360 ? 2 * step : step));
    const turned = Array.from({ length: turns }, (_, index) => {
      const turn = ((index / turns) * period * Math.PI) / 180;
      const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
      return { turn, form: drawForm((u, v) => inside(u * cosine + v * sine, v * cosine - u * sine)) };
    });
    return { template, turned };
  });
  return drawn;
}

/** How well a form fits a template, and in which turn. */
export interface Fit {
  readonly overlap: number;
  readonly turn: number;
}

/** Turns left out at first; around the best of the others they are tried after all. */
const skipped = 4;

/** The best overlap with each kind of template. */
export function fitTemplates(form: NormalForm): ReadonlyMap<Template, Fit> {
  const best = new Map<Template, Fit>();
  for (const { template, turned } of templates()) {
    let [at, overlap] = [0, 0];
    const tryTurn = (index: number): void => {
      const place = (index + turned.length) % turned.length;
      const other = turned[place];
      const value = other ? overlapOf(form, other.form) : 0;
      if (value > overlap) [at, overlap] = [place, value];
    };
    for (let index = 0; index < turned.length; index += skipped) tryTurn(index);
    const coarse = at;
    if (turned.length > 1) for (let by = 1 - skipped; by < skipped; by++) if (by !== 0) tryTurn(coarse + by);
    if (overlap > (best.get(template)?.overlap ?? 0)) best.set(template, { overlap, turn: turned[at]?.turn ?? 0 });
  }
  return best;
}

/** Distance of the corners of the square template from its middle, in standard deviations; at turn 0 one lies on the x axis. */
export const squareCorner = Math.sqrt(6);

/** Moved and stretched so that its area has mean 0 and covariance 1: the frame of every normal form. */
function normalised(corners: readonly Corner[]): readonly Corner[] {
  const extent = Math.max(...corners.flat().map(Math.abs)) * 1.02;
  const inside = drawPolygon(corners, drawnSide, extent);
  let [count, sumX, sumY, sumXX, sumYY, sumXY] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < drawnSide; row++) {
    for (let column = 0; column < drawnSide; column++) {
      const x = ((column + 0.5) / drawnSide) * 2 * extent - extent;
      const y = ((row + 0.5) / drawnSide) * 2 * extent - extent;
      if (!inside(x, y)) continue;
      count++;
      sumX += x;
      sumY += y;
      sumXX += x * x;
      sumYY += y * y;
      sumXY += x * y;
    }
  }
  const [meanX, meanY] = [sumX / count, sumY / count];
  const xx = sumXX / count - meanX ** 2;
  const yy = sumYY / count - meanY ** 2;
  const xy = sumXY / count - meanX * meanY;
  // The inverse of the covariance's symmetric root.
  const determinant = Math.sqrt(xx * yy - xy * xy);
  const trace = Math.sqrt(xx + yy + 2 * determinant);
  const scale = trace / ((xx + determinant) * (yy + determinant) - xy * xy);
  return corners.map(([x, y]): Corner => {
    const [dx, dy] = [x - meanX, y - meanY];
    return [scale * ((yy + determinant) * dx - xy * dy), scale * ((xx + determinant) * dy - xy * dx)];
  });
}

/** A polygon drawn row by row (even-odd rule) on a square around the origin. */
function drawPolygon(corners: readonly Corner[], side: number, reach: number): (x: number, y: number) => boolean {
  const cells = new Uint8Array(side * side);
  const column = (x: number): number => Math.round(((x + reach) / (2 * reach)) * side);
  for (let row = 0; row < side; row++) {
    const y = ((row + 0.5) / side) * 2 * reach - reach;
    const crossings = corners
      .flatMap(([x1, y1], index) => {
        const [x2, y2] = corners[(index + 1) % corners.length] ?? [x1, y1];
        return y1 > y !== y2 > y ? [x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)] : [];
      })
      .sort((a, b) => a - b);
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      cells.fill(1, row * side + column(crossings[pair] ?? 0), row * side + column(crossings[pair + 1] ?? 0));
    }
  }
  return (x, y) => {
    const [across, down] = [
      Math.floor(((x + reach) / (2 * reach)) * side),
      Math.floor(((y + reach) / (2 * reach)) * side),
    ];
    return across >= 0 && down >= 0 && across < side && down < side && cells[down * side + across] === 1;
  };
}
