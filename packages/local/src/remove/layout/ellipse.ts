/** An ellipse in pixel coordinates: centre, half axes along and across `angle` (radians, clockwise as y points down). */
export interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly along: number;
  readonly across: number;
  readonly angle: number;
}

/** A place on an edge and the direction across it (either way). */
export interface EdgePoint {
  readonly x: number;
  readonly y: number;
  readonly normalX: number;
  readonly normalY: number;
}

/** A point of an ellipse with its outward normal. */
export interface RimPoint {
  readonly x: number;
  readonly y: number;
  readonly normalX: number;
  readonly normalY: number;
}

/** The point at an eccentric angle (radians). */
export function rimPoint(ellipse: Ellipse, turn: number): RimPoint {
  const cosine = Math.cos(ellipse.angle);
  const sine = Math.sin(ellipse.angle);
  const u = Math.cos(turn);
  const v = Math.sin(turn);
  const normalLength = Math.hypot(u * ellipse.across, v * ellipse.along);
  const nu = (u * ellipse.across) / normalLength;
  const nv = (v * ellipse.along) / normalLength;
  return {
    x: ellipse.x + cosine * ellipse.along * u - sine * ellipse.across * v,
    y: ellipse.y + sine * ellipse.along * u + cosine * ellipse.across * v,
    normalX: cosine * nu - sine * nv,
    normalY: sine * nu + cosine * nv,
  };
}

/** How far out a point lies: 0 at the centre, 1 on the rim, growing linearly along every ray. */
export function ellipseShare(ellipse: Ellipse, x: number, y: number): number {
  const cosine = Math.cos(ellipse.angle);
  const sine = Math.sin(ellipse.angle);
  const u = (cosine * (x - ellipse.x) + sine * (y - ellipse.y)) / ellipse.along;
  const v = (cosine * (y - ellipse.y) - sine * (x - ellipse.x)) / ellipse.across;
  return Math.sqrt(u * u + v * v);
}

/** The same share, and the eccentric angle (radians). */
export function polarPlace(ellipse: Ellipse, x: number, y: number): { readonly share: number; readonly turn: number } {
  const cosine = Math.cos(ellipse.angle);
  const sine = Math.sin(ellipse.angle);
  const u = (cosine * (x - ellipse.x) + sine * (y - ellipse.y)) / ellipse.along;
  const v = (cosine * (y - ellipse.y) - sine * (x - ellipse.x)) / ellipse.across;
  return { share: Math.sqrt(u * u + v * v), turn: Math.atan2(v, u) };
}

/** An ellipse in a picture enlarged by `factor`. */
export function scaled(ellipse: Ellipse, factor: number): Ellipse {
  return {
    x: (ellipse.x + 0.5) * factor - 0.5,
    y: (ellipse.y + 0.5) * factor - 0.5,
    along: ellipse.along * factor,
    across: ellipse.across * factor,
    angle: ellipse.angle,
  };
}

/**
 * The ellipse through three points that touches the edge directions of the first two. Conics that touch two lines at
 * two points form a pencil, and the third point picks one of it. Undefined when the conic is no ellipse.
 */
export function ellipseThrough(first: EdgePoint, second: EdgePoint, third: EdgePoint): Ellipse | undefined {
  const chordX = first.y - second.y;
  const chordY = second.x - first.x;
  const chord0 = -(chordX * first.x + chordY * first.y);
  const first0 = -(first.normalX * first.x + first.normalY * first.y);
  const second0 = -(second.normalX * second.x + second.normalY * second.y);
  const atChord = chordX * third.x + chordY * third.y + chord0;
  const atTangents =
    (first.normalX * third.x + first.normalY * third.y + first0) *
    (second.normalX * third.x + second.normalY * third.y + second0);
  if (Math.abs(atChord) < 1e-9) return undefined;
  const weight = -atTangents / (atChord * atChord);
  return ellipseOf(
    first.normalX * second.normalX + weight * chordX * chordX,
    first.normalX * second.normalY + first.normalY * second.normalX + 2 * weight * chordX * chordY,
    first.normalY * second.normalY + weight * chordY * chordY,
    first.normalX * second0 + second.normalX * first0 + 2 * weight * chordX * chord0,
    first.normalY * second0 + second.normalY * first0 + 2 * weight * chordY * chord0,
    first0 * second0 + weight * chord0 * chord0,
  );
}

/** The ellipse `a xx + b xy + c yy + d x + e y + f = 0`, or undefined when that is another conic. */
function ellipseOf(a: number, b: number, c: number, d: number, e: number, f: number): Ellipse | undefined {
  const determinant = 4 * a * c - b * b;
  if (!(determinant > 1e-12 * (a + c) ** 2)) return undefined;
  const x = (b * e - 2 * c * d) / determinant;
  const y = (b * d - 2 * a * e) / determinant;
  const level = -(f + (d * x + e * y) / 2);
  const spread = Math.hypot(a - c, b);
  const along = level / ((a + c - spread) / 2);
  const across = level / ((a + c + spread) / 2);
  // With `a + c` negative the two roots swap their sizes.
  const longer = Math.max(along, across);
  const shorter = Math.min(along, across);
  if (!(shorter > 0) || !Number.isFinite(longer)) return undefined;
  const turn = Math.atan2(b, a - c) / 2;
  const angle = a + c > 0 ? turn + Math.PI / 2 : turn;
  return { x, y, along: Math.sqrt(longer), across: Math.sqrt(shorter), angle };
}
