import { AtelierError } from '../../errors/atelier-error.ts';
import type { Box, Point, Size } from '../../image/geometry.ts';
import { Mask } from '../../image/mask.ts';
import { inSlices } from '../../image/slices.ts';
import type { FrameGeometry } from './receipt.ts';

/** A turn by so many degrees, clockwise, about the centre of a picture of this size: where a point of the turned picture was before. */
export function turnedBack({ width, height }: Size, angle: number): (point: Point) => Point {
  const [cosine, sine] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const [centreX, centreY] = [width / 2, height / 2];
  return ({ x, y }) => {
    const [right, down] = [x - centreX, y - centreY];
    return { x: centreX + right * cosine + down * sine, y: centreY - right * sine + down * cosine };
  };
}

/** The largest upright box inside a picture of this size that is turned by so many degrees, -45..45, about its centre. Not rounded. */
export function largestBoxInside({ width, height }: Size, angle: number): Box {
  const turn = (Math.abs(angle) * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(turn), Math.sin(turn)];
  const [longer, shorter] = [Math.max(width, height), Math.min(width, height)];
  let inner: Size;
  if (shorter <= 2 * sine * cosine * longer) {
    // Two corners of the box lie on the longer sides, half way between them.
    const half = shorter / 2;
    inner =
      width >= height ? { width: half / sine, height: half / cosine } : { width: half / cosine, height: half / sine };
  } else {
    const both = cosine ** 2 - sine ** 2;
    inner = { width: (width * cosine - height * sine) / both, height: (height * cosine - width * sine) / both };
  }
  return { x: (width - inner.width) / 2, y: (height - inner.height) / 2, ...inner };
}

/**
 * What a mask of the picture before is in the picture after an edit of its frame: each new pixel takes what lay under its
 * centre. Rejects with `mask-invalid` where the mask is not of the picture's size.
 */
export async function reframeMask(
  mask: Mask,
  { from, to, angle, crop }: FrameGeometry,
  signal?: AbortSignal,
): Promise<Mask> {
  if (mask.width !== from.width || mask.height !== from.height) {
    throw new AtelierError({
      code: 'mask-invalid',
      message: `The mask measures ${mask.width} x ${mask.height}, the picture before the edit ${from.width} x ${from.height}.`,
    });
  }
  if (angle === 0) return mask.crop(crop);
  const data = new Uint8Array(to.width * to.height);
  const before = turnedBack(from, angle);
  const start = before({ x: crop.x + 0.5, y: crop.y + 0.5 });
  const next = before({ x: crop.x + 1.5, y: crop.y + 0.5 });
  const [alongX, alongY] = [next.x - start.x, next.y - start.y];
  const drawRow = (y: number): void => {
    // One row down is one step to the right, turned by a quarter.
    const [left, top] = [start.x - y * alongY, start.y + y * alongX];
    for (let x = 0; x < to.width; x++) {
      const column = Math.floor(left + x * alongX);
      const row = Math.floor(top + x * alongY);
      if (column < 0 || row < 0 || column >= from.width || row >= from.height) continue;
      data[y * to.width + x] = mask.data[row * from.width + column];
    }
  };
  const work = (first: number, end: number): void => {
    for (let y = first; y < end; y++) drawRow(y);
  };
  await inSlices(to.height, work, { signal });
  return new Mask(to.width, to.height, data);
}
