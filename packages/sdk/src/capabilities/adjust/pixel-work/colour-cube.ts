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
    interpolate(cube, data[pixel], data[pixel + 1], data[pixel + 2], change);
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

function interpolate(cube: Float32Array, red: number, green: number, blue: number, change: Float64Array): void {
  // A byte is at most 255 < 256, so that the node above always exists.
  const [r, g, b] = [(red / spacing) | 0, (green / spacing) | 0, (blue / spacing) | 0];
  const [x, y, z] = [red / spacing - r, green / spacing - g, blue / spacing - b];
  const base = r * redStep + g * greenStep + b * blueStep;
  for (let channel = 0; channel < 3; channel++) {
    const at = base + channel;
    const near = mix(
      mix(cube[at], cube[at + blueStep], z),
      mix(cube[at + greenStep], cube[at + greenStep + blueStep], z),
      y,
    );
    const far = mix(
      mix(cube[at + redStep], cube[at + redStep + blueStep], z),
      mix(cube[at + redStep + greenStep], cube[at + redStep + greenStep + blueStep], z),
      y,
    );
    change[channel] = mix(near, far, x);
  }
}

const mix = (one: number, other: number, share: number): number => one + (other - one) * share;
