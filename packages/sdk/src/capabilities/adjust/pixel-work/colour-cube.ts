import type { Pixels } from '../../../image/pixels.ts';

/** Maps sRGB bytes (red, green, blue) to sRGB values 0..255. */
export type ColourMapping = (red: number, green: number, blue: number) => readonly [number, number, number];

const nodes = 33;
const spacing = 256 / (nodes - 1);

/**
 * Applies a colour mapping, however costly, at the price of a table: its changes are tabled on a 33-step cube and read
 * by trilinear interpolation. Interpolating changes instead of colours leaves unchanged colours exactly as they are.
 * Pixels with weight 0 stay; elsewhere `strength`, 0..1, says how much of the change a place takes.
 */
export function applyThroughCube(
  { width, data }: Pixels,
  mapping: ColourMapping,
  weights: Uint8Array,
  strength: (x: number, y: number) => number,
): Uint8Array {
  const cube = tabulate(mapping);
  const result = Uint8Array.from(data);
  const change = new Float64Array(3);
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] === 0) continue;
    const pixel = index * 4;
    if (!interpolate(cube, data[pixel], data[pixel + 1], data[pixel + 2], change)) continue;
    const share = strength(index % width, (index / width) | 0);
    for (let channel = 0; channel < 3; channel++) {
      const value = data[pixel + channel] + change[channel] * share + 0.5;
      result[pixel + channel] = Math.min(255, Math.max(0, value));
    }
  }
  return result;
}

function tabulate(mapping: ColourMapping): Float32Array {
  const cube = new Float32Array(nodes ** 3 * 3);
  let at = 0;
  for (let r = 0; r < nodes; r++) {
    for (let g = 0; g < nodes; g++) {
      for (let b = 0; b < nodes; b++) {
        const input = [r, g, b].map((step) => Math.min(255, Math.round(step * spacing)));
        const output = mapping(input[0], input[1], input[2]);
        for (let channel = 0; channel < 3; channel++) cube[at++] = output[channel] - input[channel];
      }
    }
  }
  return cube;
}

const redStep = nodes * nodes * 3;
const greenStep = nodes * 3;
const blueStep = 3;

/** False where the colour stays. */
function interpolate(cube: Float32Array, red: number, green: number, blue: number, change: Float64Array): boolean {
  // A byte is at most 255 < 256, so that the node above always exists.
  const r = (red / spacing) | 0;
  const g = (green / spacing) | 0;
  const b = (blue / spacing) | 0;
  const x = red / spacing - r;
  const y = green / spacing - g;
  const z = blue / spacing - b;
  const base = r * redStep + g * greenStep + b * blueStep;
  for (let channel = 0; channel < 3; channel++) {
    const at = base + channel;
    const near = mixSquare(cube, at, y, z);
    change[channel] = near + (mixSquare(cube, at + redStep, y, z) - near) * x;
  }
  return change[0] !== 0 || change[1] !== 0 || change[2] !== 0;
}

/** Between four nodes of one red. */
function mixSquare(cube: Float32Array, at: number, y: number, z: number): number {
  const low = cube[at] + (cube[at + blueStep] - cube[at]) * z;
  const high = cube[at + greenStep] + (cube[at + greenStep + blueStep] - cube[at + greenStep]) * z;
  return low + (high - low) * y;
}
