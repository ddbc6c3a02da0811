import type { TaskHandler } from '../../worker/task.ts';
import { readColour } from '../colour/colour-wish.ts';
import type { ReducedPicture } from '../reduce-picture.ts';
import { findShapes, type Shape } from './find-shapes.ts';
import { labPlanes } from './lab-planes.ts';

export interface ShapeTaskInput extends ReducedPicture {
  /** Words for a colour: only patches in its likeness. Left out: patches of any colour. */
  readonly colour?: string | undefined;
}

const shapeTask: TaskHandler<ShapeTaskInput, readonly Shape[]> = ({ rgb, width, height, colour }, report) => {
  if (rgb.length !== width * height * 3) {
    throw new RangeError(`A picture of ${width} x ${height} takes ${width * height * 3} bytes; ${rgb.length} came.`);
  }
  const planes = labPlanes(rgb, width, height);
  report(0.2);
  return findShapes(planes, colour === undefined ? undefined : readColour(colour));
};

export default shapeTask;
