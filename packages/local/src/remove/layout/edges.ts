import { type EdgePoint, type Ellipse, ellipseShare } from './ellipse.ts';

/** A small picture with its edges. */
export interface Edges {
  readonly width: number;
  readonly height: number;
  /** 1 = unknown: the hole and what touches it. */
  readonly hidden: Uint8Array;
  /** Strength of the colour gradient, in grey levels a pixel. */
  readonly strength: Float32Array;
  /** Direction of the steepest change, radians, modulo pi. */
  readonly direction: Float32Array;
  /** Per pixel one bit for each of 16 directions in which an edge passes within a pixel. */
  readonly support: Uint16Array;
  /** Thinned edge points outside the hidden part. */
  readonly points: readonly EdgePoint[];
}

const bins = 16;
/** Changes weaker than this many grey levels a pixel are grain. */
const weakest = 5;

/**
 * Colour edges (Di Zenzo 1986), thinned to the crest of the gradient.
 *
 * @param data RGBA. @param hole 1 = unknown; its content is never looked at.
 */
export function findEdges(data: Uint8Array, hole: Uint8Array, width: number, height: number): Edges {
  const smooth = smoothen(data, hole, width, height);
  const size = width * height;
  const strength = new Float32Array(size);
  const direction = new Float32Array(size);
  const hidden = new Uint8Array(size).fill(1);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const pixel = y * width + x;
      if (touchesHole(hole, width, pixel)) continue;
      hidden[pixel] = 0;
      let xx = 0;
      let yy = 0;
      let xy = 0;
      for (let channel = 0; channel < 3; channel++) {
        const dx = (smooth[(pixel + 1) * 3 + channel] - smooth[(pixel - 1) * 3 + channel]) / 2;
        const dy = (smooth[(pixel + width) * 3 + channel] - smooth[(pixel - width) * 3 + channel]) / 2;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
      }
      strength[pixel] = Math.sqrt((xx + yy + Math.hypot(xx - yy, 2 * xy)) / 2);
      direction[pixel] = Math.atan2(2 * xy, xx - yy) / 2;
    }
  }
  const points: EdgePoint[] = [];
  const support = new Uint16Array(size);
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2; x < width - 2; x++) {
      const pixel = y * width + x;
      if (hidden[pixel] === 1 || strength[pixel] < weakest) continue;
      const normalX = Math.cos(direction[pixel]);
      const normalY = Math.sin(direction[pixel]);
      const step = Math.round(normalY) * width + Math.round(normalX);
      if (strength[pixel + step] > strength[pixel] || strength[pixel - step] >= strength[pixel]) continue;
      points.push({ x, y, normalX, normalY });
      vouch(support, width, pixel, binOf(normalX, normalY));
    }
  }
  return { width, height, hidden, strength, direction, support, points };
}

/** Which of the 16 directions (modulo pi) a normal falls into. */
export function binOf(normalX: number, normalY: number): number {
  return ((Math.floor((Math.atan2(normalY, normalX) / Math.PI) * bins) % bins) + bins) % bins;
}

/** The same edges without those that lie along an ellipse. */
export function withoutEllipse(edges: Edges, ellipse: Ellipse): Edges {
  const away = (x: number, y: number): boolean =>
    Math.abs(ellipseShare(ellipse, x, y) - 1) * ellipse.across > 0.08 * ellipse.across + 2;
  const support = edges.support.map((bits, pixel) =>
    bits !== 0 && away(pixel % edges.width, Math.floor(pixel / edges.width)) ? bits : 0,
  );
  return { ...edges, support, points: edges.points.filter(({ x, y }) => away(x, y)) };
}

function vouch(support: Uint16Array, width: number, pixel: number, bin: number): void {
  const bits = (1 << bin) | (1 << ((bin + 1) % bins)) | (1 << ((bin + bins - 1) % bins));
  for (let v = -1; v <= 1; v++) for (let u = -1; u <= 1; u++) support[pixel + v * width + u] |= bits;
}

function touchesHole(hole: Uint8Array, width: number, pixel: number): boolean {
  for (let v = -1; v <= 1; v++) for (let u = -1; u <= 1; u++) if (hole[pixel + v * width + u] === 1) return true;
  return false;
}

/** A 3 x 3 binomial mean of the known pixels, three interleaved colours. */
function smoothen(data: Uint8Array, hole: Uint8Array, width: number, height: number): Float32Array {
  const smooth = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      let total = 0;
      let [red, green, blue] = [0, 0, 0];
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const near = v * width + u;
          if (hole[near] === 1) continue;
          const weight = (v === y ? 2 : 1) * (u === x ? 2 : 1);
          red += weight * data[near * 4];
          green += weight * data[near * 4 + 1];
          blue += weight * data[near * 4 + 2];
          total += weight;
        }
      }
      if (total === 0) continue;
      smooth[pixel * 3] = red / total;
      smooth[pixel * 3 + 1] = green / total;
      smooth[pixel * 3 + 2] = blue / total;
    }
  }
  return smooth;
}
