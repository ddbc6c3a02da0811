import type { Image, Pixels, Point, Size } from '@atelier/sdk';

/** Where a picture lies in the painted one: `x' = a x + c y + e`, `y' = b x + d y + f`, from its pixels to the painted ones. */
export interface Frame {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

export const identity: Frame = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

/** The point of the painted picture that a point of the framed one shows. */
export const toPainted = ({ a, b, c, d, e, f }: Frame, { x, y }: Point): Point => ({
  x: a * x + c * y + e,
  y: b * x + d * y + f,
});

/** The point of the framed picture that shows a point of the painted one. */
export function fromPainted({ a, b, c, d, e, f }: Frame, { x, y }: Point): Point {
  const determinant = a * d - b * c;
  const [u, v] = [x - e, y - f];
  return { x: (d * u - c * v) / determinant, y: (a * v - b * u) / determinant };
}

/** A part of a framed picture, turned by `angle` degrees around both centres where it was turned. */
function within(outer: Frame, inner: Frame): Frame {
  const origin = toPainted(outer, { x: inner.e, y: inner.f });
  return {
    a: outer.a * inner.a + outer.c * inner.b,
    b: outer.b * inner.a + outer.d * inner.b,
    c: outer.a * inner.c + outer.c * inner.d,
    d: outer.b * inner.c + outer.d * inner.d,
    e: origin.x,
    f: origin.y,
  };
}

/** A picture whose frame is known. */
export interface KnownPicture {
  readonly image: Image;
  readonly frame: Frame;
}

/** Finds where a picture lies by comparing its pixels with pictures seen before, the latest first. */
export function findFrame(image: Image, known: readonly KnownPicture[], original: Size): Frame {
  for (const { image: other, frame } of known)
    if (other.width === image.width && other.height === image.height && sameShare(image, other, 0, 0) >= 0.25)
      return frame;
  if (image.width === original.width && image.height === original.height) return identity;
  for (const { image: other, frame } of known) {
    const shift = findShift(image, other);
    if (shift) return within(frame, { ...identity, e: shift.x, f: shift.y });
  }
  const turns = known.flatMap(({ image: other, frame }) => {
    const turned = findTurn(image, other);
    return turned ? [{ likeness: turned.likeness, frame: within(frame, turned.frame) }] : [];
  });
  const [best] = turns.sort((a, b) => b.likeness - a.likeness);
  return best?.frame ?? { ...identity, e: (original.width - image.width) / 2, f: (original.height - image.height) / 2 };
}

/** Points spread over a picture, the same ones every time. */
function probes({ width, height }: Size, count: number): Point[] {
  return Array.from({ length: count }, (_, index) => ({
    x: Math.floor(((index * 0.7548776662 + 0.37) % 1) * width),
    y: Math.floor(((index * 0.5698402909 + 0.61) % 1) * height),
  }));
}

const sameAt = (one: Pixels, other: Pixels, { x, y }: Point, dx: number, dy: number): boolean => {
  const [at, there] = [(y * one.width + x) * 4, ((y + dy) * other.width + x + dx) * 4];
  return (
    one.data[at] === other.data[there] &&
    one.data[at + 1] === other.data[there + 1] &&
    one.data[at + 2] === other.data[there + 2]
  );
};

function sameShare(one: Pixels, other: Pixels, dx: number, dy: number): number {
  const points = probes(one, 300);
  return points.filter((point) => sameAt(one, other, point, dx, dy)).length / points.length;
}

/** The place in `other` from which `image` was cut, to the pixel: where most of it is the same. */
function findShift(image: Pixels, other: Pixels): Point | undefined {
  const points = probes(image, 96);
  // At least a third has to be the same; what follows has to be better still.
  let fewest = Math.floor(points.length * 0.67);
  let best: Point | undefined;
  for (let dy = 0; dy <= other.height - image.height && fewest > 0; dy++)
    for (let dx = 0; dx <= other.width - image.width; dx++) {
      let different = 0;
      for (const point of points) {
        if (!sameAt(image, other, point, dx, dy) && ++different >= fewest) break;
      }
      if (different >= fewest) continue;
      fewest = different;
      best = { x: dx, y: dy };
    }
  return best;
}

/** The turn around the centre, in half degrees, after which `image` looks most like the middle of `other`. */
function findTurn(image: Pixels, other: Pixels): { likeness: number; frame: Frame } | undefined {
  const points = probes(image, 400);
  let best: { likeness: number; frame: Frame } | undefined;
  for (let degrees = -20; degrees <= 20; degrees += 0.5) {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const frame: Frame = {
      a: cos,
      b: sin,
      c: -sin,
      d: cos,
      e: other.width / 2 - (cos * image.width) / 2 + (sin * image.height) / 2,
      f: other.height / 2 - (sin * image.width) / 2 - (cos * image.height) / 2,
    };
    let alike = 0;
    for (const point of points) {
      const there = toPainted(frame, { x: point.x + 0.5, y: point.y + 0.5 });
      const [x, y] = [Math.floor(there.x), Math.floor(there.y)];
      if (x < 0 || y < 0 || x >= other.width || y >= other.height) continue;
      const [at, other4] = [(point.y * image.width + point.x) * 4, (y * other.width + x) * 4];
      const apart =
        Math.abs(image.data[at] - other.data[other4]) +
        Math.abs(image.data[at + 1] - other.data[other4 + 1]) +
        Math.abs(image.data[at + 2] - other.data[other4 + 2]);
      if (apart < 30) alike++;
    }
    const likeness = alike / points.length;
    if (likeness > (best?.likeness ?? 0)) best = { likeness, frame };
  }
  return best;
}
