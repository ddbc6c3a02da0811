import type { Box } from '@atelier/sdk';

/** The smallest box around all set pixels, or undefined when there are none. */
export function boundsOf(mask: Uint8Array, width: number, height: number): Box | undefined {
  let left = width;
  let right = -1;
  let top = -1;
  let bottom = -1;
  for (let y = 0; y < height; y++) {
    const first = mask.subarray(y * width, (y + 1) * width).indexOf(1);
    if (first < 0) continue;
    const last = mask.subarray(y * width, (y + 1) * width).lastIndexOf(1);
    if (first < left) left = first;
    if (last > right) right = last;
    if (top < 0) top = y;
    bottom = y;
  }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** A box grown on all sides by `margin` pixels, cut off at the picture's frame. */
export function growBox(box: Box, margin: number, width: number, height: number): Box {
  const x = Math.max(0, box.x - margin);
  const y = Math.max(0, box.y - margin);
  return {
    x,
    y,
    width: Math.min(width, box.x + box.width + margin) - x,
    height: Math.min(height, box.y + box.height + margin) - y,
  };
}

/** Copies a box out of row-major data with `channels` bytes a pixel. */
export function cropBytes(data: Uint8Array, width: number, box: Box, channels: number): Uint8Array {
  const crop = new Uint8Array(box.width * box.height * channels);
  for (let y = 0; y < box.height; y++) {
    const from = ((y + box.y) * width + box.x) * channels;
    crop.set(data.subarray(from, from + box.width * channels), y * box.width * channels);
  }
  return crop;
}
