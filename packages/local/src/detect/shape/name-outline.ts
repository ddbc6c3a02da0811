import { type Moments, momentsOf } from './moments.ts';
import { formOf } from './normal-form.ts';
import type { fillHoles, Region } from './region.ts';
import type { ShapeName } from './shape-names.ts';
import { fitTemplates, squareCorner, type Template } from './templates.ts';

/** How well an outline answers to each name, 0..1; names that do not fit at all are left out. */
export type OutlineNames = Readonly<Partial<Record<ShapeName, number>>>;

/** Overlap with the best template from which an outline has that shape, and below which it has not. */
const surely = 0.945;
const surelyNot = 0.86;
/** A second template may fall this much behind the best and still name the outline a little. */
const tie = 0.03;

/** 0 up to `from`, 1 from `to` on; falls instead where `from` is the larger. */
export const ramp = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / (to - from)));

/**
 * Names an outline by its normal form: moved, scaled and stretched to a round spread (Reiss 1993 and earlier work on
 * affine moments), then compared with templates in all turns. The stretch that was taken out tells squares from rectangles.
 */
export function nameOutline({ filled, hole }: ReturnType<typeof fillHoles>): OutlineNames {
  const moments = momentsOf(filled);
  const best = fitTemplates(formOf(filled, moments));
  const highest = Math.max(...[...best.values()].map(({ overlap }) => overlap));
  const overlapWith = (template: Template): number => best.get(template)?.overlap ?? 0;
  // A small outline is coarse: its cells alone cost overlap. That excuses plain shapes only.
  const coarse = ramp(Math.sqrt(filled.area), 30, 8) * 0.04;
  const fits = (template: Template, excuse = coarse): number =>
    ramp(overlapWith(template), surelyNot - excuse, surely - excuse) *
    ramp(highest - overlapWith(template), tie, tie / 3);
  // Many a round thing is nearly a polygon of five or six corners, and few are one.
  const corners = (template: Template): number =>
    fits(template, 0) * ramp(overlapWith(template) - overlapWith('disc'), 0.005, 0.025);
  const names: Partial<Record<ShapeName, number>> = {
    ...roundNames(fits('disc'), moments, filled, hole),
    ...squareNames(fits('square'), moments, best.get('square')?.turn ?? 0),
    triangle: fits('triangle') * ramp(moments.aspect, 4, 2.5),
    pentagon: corners('pentagon') * ramp(moments.aspect, 1.8, 1.4),
    hexagon: corners('hexagon') * ramp(moments.aspect, 1.8, 1.4),
    star: fits('star', 0) * ramp(moments.aspect, 1.9, 1.5),
    cross: fits('cross', 0) * ramp(moments.aspect, 1.9, 1.5),
    heart: fits('heart', 0) * ramp(moments.aspect, 1.9, 1.5),
  };
  return Object.fromEntries(Object.entries(names).filter(([, fit]) => fit > 0.05));
}

/** A ring is round outside and inside, about one centre. */
function roundNames(fit: number, { aspect }: Moments, filled: Region, hole: Region | undefined): OutlineNames {
  const circle = fit * ramp(aspect, 1.3, 1.12);
  const ellipse = fit * ramp(aspect, 1.1, 1.25) * ramp(aspect, 5, 3.5);
  if (!hole || hole.area < 0.06 * filled.area) return { circle, ellipse };
  const inner = momentsOf(hole);
  const outer = momentsOf(filled);
  const round = ramp(fitTemplates(formOf(hole, inner)).get('disc')?.overlap ?? 0, 0.8, 0.9);
  const offCentre = Math.hypot(inner.x - outer.x, inner.y - outer.y) / Math.sqrt(filled.area / Math.PI);
  const ring = fit * round * ramp(offCentre, 0.25, 0.12);
  return { ring, circle: circle * (1 - ring), ellipse: ellipse * (1 - ring) };
}

/** Squares, rectangles, lines and diamonds by the sides and corners of the template laid back onto the picture. */
function squareNames(fit: number, { root, aspect }: Moments, turn: number): OutlineNames {
  const [xx, xy, yy] = root;
  const corner = (quarter: number): readonly [number, number] => {
    const angle = turn + (quarter * Math.PI) / 2;
    const [u, v] = [squareCorner * Math.cos(angle), squareCorner * Math.sin(angle)];
    return [xx * u + xy * v, xy * u + yy * v];
  };
  const [one, two, three] = [corner(0), corner(1), corner(2)];
  const [first, second] = [
    [two[0] - one[0], two[1] - one[1]],
    [three[0] - two[0], three[1] - two[1]],
  ] as const;
  const [a, b] = [Math.hypot(...first), Math.hypot(...second)];
  const cosine = Math.abs(first[0] * second[0] + first[1] * second[1]) / (a * b);
  const rightAngled = ramp(cosine, 0.3, 0.15);
  const ratio = Math.max(a, b) / Math.min(a, b);
  const level = Math.min(...[first, second].map(([x, y]) => Math.abs(((Math.atan2(y, x) * 180) / Math.PI + 360) % 90)));
  const tilted = ramp(Math.min(level, 90 - level), 25, 35);
  const equal = ramp(ratio, 1.35, 1.15);
  const line = ramp(aspect, 5, 8);
  return {
    square: fit * equal * rightAngled,
    diamond: fit * equal * Math.max(1 - rightAngled, tilted),
    rectangle: fit * ramp(ratio, 1.1, 1.3) * (0.7 + 0.3 * rightAngled) * (1 - line),
    line: ramp(fit, 0, 0.5) * line,
  };
}
