import type { Box, Pixels, PointPrompt } from '@atelier/sdk';
import type { TaskHandler } from '../worker/task.ts';
import { boxFromPoints } from './box-from-points.ts';
import { loadOpenCv } from './open-cv.ts';
import { reduceColours, reducedSize } from './reduce-colours.ts';
import { segmentBox } from './segment-box.ts';
import type { SegmentInput, SegmentOutput } from './segment-message.ts';
import { cropPixels, surroundingsOf } from './surroundings.ts';

/** Longest side, in cells, of the picture in which a box is grown from points. */
const overviewSide = 240;

const segmentTask: TaskHandler<SegmentInput, SegmentOutput | undefined> = async ({ points, ...input }, report) => {
  await loadOpenCv();
  report(0.1);
  if (input.box) return segmentBox(input, input.box, points, report);
  const box = findBox(input, points);
  const part = surroundingsOf(box, input);
  const local = ({ x, y }: { x: number; y: number }) => ({ x: x - part.x, y: y - part.y });
  const inside = points
    .map((point) => ({ ...point, ...local(point) }))
    .filter(({ x, y }) => x >= 0 && y >= 0 && x <= part.width && y <= part.height);
  const output = segmentBox(cropPixels(input, part), { ...box, ...local(box) }, inside, report);
  return output && { ...output, box: { ...output.box, x: output.box.x + part.x, y: output.box.y + part.y } };
};

export default segmentTask;

function findBox(pixels: Pixels, points: readonly PointPrompt[]): Box {
  const small = reducedSize(pixels, overviewSide);
  const across = pixels.width / small.width;
  const down = pixels.height / small.height;
  const marks = points.filter(({ positive }) => positive);
  const cells = marks.map(({ x, y }) => ({ x: x / across, y: y / down }));
  const box = boxFromPoints(reduceColours(pixels, small.width, small.height), cells);
  return { x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down };
}
