import type { Mask, SegmentRequest } from '@atelier/sdk';
import type { TritonBackend } from '@atelier/sdk/triton';
import type { Corners, Example } from './examples.ts';
import { mean } from './mean.ts';
import { readMask, readPicture } from './pictures.ts';

export interface SegmentationFigures {
  /** Mean IoU of the masks from true boxes, and from one point. */
  readonly fromBox: number;
  readonly fromPoint: number;
  readonly things: number;
}

export async function measureSegmentation(
  backend: TritonBackend,
  examples: readonly Example<'segmentations'>[],
): Promise<SegmentationFigures> {
  const { segment } = backend.capabilities;
  if (!segment) throw new Error('The backend segments nothing.');
  const cut = async (request: SegmentRequest) => (await segment.run(request, {})).mask;
  const fromBox: number[] = [];
  const fromPoint: number[] = [];
  for (const { picture, masks, things } of examples) {
    const image = await readPicture(picture);
    for (const [index, { box, point }] of things.entries()) {
      const truth = await readMask(masks[index]);
      fromBox.push(maskOverlap(await cut({ image, box: boxOf(box) }), truth));
      const [x, y] = point;
      fromPoint.push(maskOverlap(await cut({ image, points: [{ x, y, positive: true }] }), truth));
    }
  }
  return { fromBox: mean(fromBox), fromPoint: mean(fromPoint), things: fromBox.length };
}

export const boxOf = ([left, top, right, bottom]: Corners) => ({
  x: left,
  y: top,
  width: right - left,
  height: bottom - top,
});

/** Intersection over union of masks of the same size. */
export function maskOverlap(one: Mask, other: Mask): number {
  let both = 0;
  for (let at = 0; at < one.data.length; at++) if (one.data[at] !== 0 && other.data[at] !== 0) both++;
  return both / (one.area + other.area - both);
}
