import type { Box, Pixels, Point, PointPrompt } from '@atelier/sdk';
import { cropPixels } from '@atelier/sdk/image';
import type { TaskHandler } from '../worker/task.ts';
import type { Target } from './best-cut.ts';
import { loadOpenCv } from './open-cv.ts';
import { reduceColours, reducedSize } from './reduce-colours.ts';
import { regionFromPoints } from './region-from-points.ts';
import { segmentBox } from './segment-box.ts';
import type { SegmentInput, SegmentOutput } from './segment-message.ts';
import { surroundingsOf } from './surroundings.ts';

/** Longest side, in cells, of the picture in which a region is grown from points. */
const overviewSide = 240;

const segmentTask: TaskHandler<SegmentInput, SegmentOutput | undefined> = async (
  { box, points, ...pixels },
  report,
) => {
  await loadOpenCv();
  report(0.1);
  if (box) return segmentBox(pixels, { box, points }, report);
  const target = targetFromPoints(pixels, points);
  const part = surroundingsOf(target.box, pixels);
  const output = segmentBox(cropPixels(pixels, part), moveTo(target, part), report);
  return output && { ...output, box: { ...output.box, x: output.box.x + part.x, y: output.box.y + part.y } };
};

export default segmentTask;

function targetFromPoints(pixels: Pixels, points: readonly PointPrompt[]): Target {
  const small = reducedSize(pixels, overviewSide);
  const across = pixels.width / small.width;
  const down = pixels.height / small.height;
  const marks = points.filter(({ positive }) => positive).map(({ x, y }) => ({ x: x / across, y: y / down }));
  const { plane, box } = regionFromPoints(reduceColours(pixels, small.width, small.height), marks);
  return {
    box: { x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down },
    points,
    isLikely: ({ x, y }) => plane.data[Math.floor(y / down) * plane.width + Math.floor(x / across)] === 1,
  };
}

/** The target in the coordinates of a part of the picture; points outside the part are left out. */
function moveTo({ box, points, isLikely }: Target, part: Box): Target {
  return {
    box: { ...box, x: box.x - part.x, y: box.y - part.y },
    points: points
      .map((point) => ({ ...point, x: point.x - part.x, y: point.y - part.y }))
      .filter(({ x, y }) => x >= 0 && y >= 0 && x <= part.width && y <= part.height),
    ...(isLikely && { isLikely: ({ x, y }: Point) => isLikely({ x: x + part.x, y: y + part.y }) }),
  };
}
