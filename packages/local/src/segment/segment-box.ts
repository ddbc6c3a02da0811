import type { Box, Pixels, PointPrompt, Size } from '@atelier/sdk';
import { iou, Mask } from '@atelier/sdk/image';
import { cleanShape } from './clean-shape.ts';
import { placedColours } from './features.ts';
import { firstGuess } from './first-guess.ts';
import { grabCut } from './grab-cut.ts';
import { localModels } from './guided-filter.ts';
import { locationOf } from './location.ts';
import { outlineSupport } from './outline-score.ts';
import type { FloatPlane, Plane } from './plane.ts';
import { reduceColours, reducedSize } from './reduce-colours.ts';
import { refineEdge } from './refine-edge.ts';
import type { SegmentOutput } from './segment-message.ts';

/** Longest side, in cells, of the picture the thing is cut from. */
const workingSide = 340;
const rounds = 4;
/** Guided filter: radius in cells, and variance of colour that counts as noise (2.5 % of the range, squared). */
const radius = 3;
const epsilon = 0.025 ** 2;
/** Half width, in cells, of the band that is decided pixel by pixel. */
const band = 2;

/** Cuts the thing in `box` out of its surroundings; undefined where nothing stands out from them. */
export function segmentBox(
  pixels: Pixels,
  box: Box,
  points: readonly PointPrompt[],
  report: (fraction: number) => void,
): SegmentOutput | undefined {
  const size = reducedSize(pixels, workingSide);
  const colours = reduceColours(pixels, size.width, size.height);
  const across = size.width / pixels.width;
  const down = size.height / pixels.height;
  const cells: Box = { x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down };
  const marks = points.map((point) => ({ ...point, x: point.x * across, y: point.y * down }));
  const location = locationPlane(cells, size);
  report(0.2);

  const features = placedColours(colours, location.data);
  let cut: Plane;
  try {
    cut = grabCut(features, firstGuess(cells, marks, location), rounds);
  } finally {
    features.delete();
  }
  report(0.8);

  const shape = cleanShape(cut, location, marks);
  const found = new Mask(shape.width, shape.height, shape.data).bounds;
  if (!found) return undefined;
  const data = refineEdge(pixels, shape, localModels(colours, shape, radius, epsilon), band);
  report(1);
  return {
    box: { x: 0, y: 0, width: pixels.width, height: pixels.height },
    data,
    score: outlineSupport(colours, shape) * (0.5 + 0.5 * iou(found, cells)),
  };
}

function locationPlane(box: Box, { width, height }: Size): FloatPlane {
  const locate = locationOf(box, { width, height });
  const data = Float32Array.from({ length: width * height }, (_, cell) => {
    const x = cell % width;
    return locate({ x: x + 0.5, y: (cell - x) / width + 0.5 });
  });
  return { width, height, data };
}
