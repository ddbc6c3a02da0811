/**
 * A plane blurred with a true Gaussian, weighted by a second plane (normalised convolution, Knutsson and Westin 1993): what
 * has no weight gives nothing, and neither does what lies beyond the border. Without weights every pixel has the same.
 * `sigma` in pixels, for small ones: the cost grows with it. 0 where no weight reaches.
 */
export function smallGaussian(
  plane: Float32Array,
  weights: Float32Array | undefined,
  width: number,
  height: number,
  sigma: number,
): Float32Array {
  const kernel = gaussianKernel(sigma);
  const weighted = Float32Array.from(plane);
  if (weights) for (let at = 0; at < weighted.length; at++) weighted[at] *= weights[at];
  const sums = convolve(weighted, width, height, kernel);
  const totals = weights ? convolve(weights, width, height, kernel) : undefined;
  const [across, down] = [kernelInside(width, kernel), kernelInside(height, kernel)];
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const total = totals ? totals[at] : across[x] * down[y];
      sums[at] = total > 1e-4 ? sums[at] / total : 0;
    }
  }
  return sums;
}

/** From the middle outwards; the whole kernel sums to 1. */
function gaussianKernel(sigma: number): Float32Array {
  const reach = Math.ceil(2.8 * sigma);
  const half = Float32Array.from({ length: reach + 1 }, (_, at) => Math.exp(-(at ** 2) / (2 * sigma ** 2)));
  const sum = half.reduce((total, value, at) => total + (at === 0 ? value : 2 * value), 0);
  return half.map((value) => value / sum);
}

/** How much of the kernel lies inside a line of so many pixels, for each place on it. */
const kernelInside = (length: number, kernel: Float32Array): Float32Array => {
  const line = new Float32Array(length);
  addAlong(new Float32Array(length).fill(1), line, 0, length, kernel);
  return line;
};

/** Offset by offset instead of pixel by pixel: plain loops over neighbouring memory, without a test for the border. */
function addAlong(from: Float32Array, to: Float32Array, start: number, length: number, kernel: Float32Array): void {
  const end = start + length;
  for (let at = start; at < end; at++) to[at] = from[at] * kernel[0];
  for (let offset = 1; offset < Math.min(kernel.length, length); offset++) {
    const weight = kernel[offset];
    for (let at = start + offset; at < end; at++) to[at] += from[at - offset] * weight;
    for (let at = start; at < end - offset; at++) to[at] += from[at + offset] * weight;
  }
}

function convolve(plane: Float32Array, width: number, height: number, kernel: Float32Array): Float32Array {
  const across = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) addAlong(plane, across, y * width, width, kernel);
  const result = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) {
    for (let row = Math.max(0, y - kernel.length + 1); row <= Math.min(height - 1, y + kernel.length - 1); row++) {
      const weight = kernel[Math.abs(row - y)];
      for (let at = y * width, from = row * width; at < (y + 1) * width; at++, from++)
        result[at] += across[from] * weight;
    }
  }
  return result;
}
