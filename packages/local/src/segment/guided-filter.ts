import { openCv } from './open-cv.ts';
import type { ColourPlane, Plane } from './plane.ts';

/** Per cell, alpha as a linear function of colour: `alpha = red * r + green * g + blue * b + offset`, colours 0..1. */
export interface LocalModels {
  readonly width: number;
  readonly height: number;
  /** Four numbers a cell. */
  readonly data: Float32Array;
}

/**
 * The coefficients of the guided filter (He, Sun, Tang 2013) with a colour guide: around each cell, the linear function
 * of colour that explains the shape best. `radius` in cells; `epsilon` is the variance of colour (of 0..1) below which
 * a difference is taken for noise. Applied at full size they put the outline on the picture's own edge (He, Sun 2015).
 */
export function localModels(guide: ColourPlane, shape: Plane, radius: number, epsilon: number): LocalModels {
  const { width, height } = guide;
  const size = width * height;
  const channel = (index: number) =>
    Float32Array.from({ length: size }, (_, cell) => (guide.data[cell * 3 + index] ?? 0) / 255);
  const alpha = Float32Array.from(shape.data);
  const [red, green, blue] = [channel(0), channel(1), channel(2)];
  const mean = (plane: Float32Array) => boxMean(plane, width, height, radius);
  const product = (a: Float32Array, b: Float32Array) => mean(a.map((value, cell) => value * (b[cell] ?? 0)));
  const means = [red, green, blue, alpha].map(mean);
  const pairs = [
    product(red, red),
    product(red, green),
    product(red, blue),
    product(green, green),
    product(green, blue),
    product(blue, blue),
  ];
  const crossed = [product(red, alpha), product(green, alpha), product(blue, alpha)];
  const planes = [0, 1, 2, 3].map(() => new Float32Array(size));
  for (let cell = 0; cell < size; cell++) {
    const [r = 0, g = 0, b = 0, a = 0] = means.map((plane) => plane[cell] ?? 0);
    const [rr = 0, rg = 0, rb = 0, gg = 0, gb = 0, bb = 0] = pairs.map((plane) => plane[cell] ?? 0);
    const [ra = 0, ga = 0, ba = 0] = crossed.map((plane) => plane[cell] ?? 0);
    const solved = solve(
      [rr - r * r + epsilon, rg - r * g, rb - r * b, gg - g * g + epsilon, gb - g * b, bb - b * b + epsilon],
      [ra - r * a, ga - g * a, ba - b * a],
    );
    solved.forEach((value, index) => {
      const plane = planes[index];
      if (plane) plane[cell] = value;
    });
    const offsets = planes[3];
    if (offsets) offsets[cell] = a - solved[0] * r - solved[1] * g - solved[2] * b;
  }
  const averaged = planes.map(mean);
  const data = Float32Array.from({ length: size * 4 }, (_, index) => averaged[index & 3]?.[index >> 2] ?? 0);
  return { width, height, data };
}

function boxMean(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const cv = openCv();
  const mat = cv.matFromArray(height, width, cv.CV_32FC1, plane);
  try {
    const side = 2 * radius + 1;
    cv.blur(mat, mat, new cv.Size(side, side), new cv.Point(-1, -1), cv.BORDER_REFLECT);
    return Float32Array.from(mat.data32F as Float32Array);
  } finally {
    mat.delete();
  }
}

/** Solves a symmetric 3 x 3 system, given row by row from the diagonal on, by Cramer's rule. */
function solve(
  [a, b, c, d, e, f]: readonly [number, number, number, number, number, number],
  [x, y, z]: readonly [number, number, number],
): readonly [number, number, number] {
  const first = d * f - e * e;
  const second = c * e - b * f;
  const third = b * e - c * d;
  const determinant = a * first + b * second + c * third;
  return [
    (first * x + second * y + third * z) / determinant,
    (second * x + (a * f - c * c) * y + (b * c - a * e) * z) / determinant,
    (third * x + (b * c - a * e) * y + (a * d - b * b) * z) / determinant,
  ];
}
