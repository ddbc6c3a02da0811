import type { TaskHandler } from '../../worker/task.ts';
import type { ReducedPicture } from '../reduce-picture.ts';
import { type FoundText, findText } from './find-text.ts';

const textTask: TaskHandler<ReducedPicture, readonly FoundText[]> = (picture, report) => {
  const { rgb, width, height } = picture;
  if (rgb.length !== width * height * 3) {
    throw new RangeError(`A picture of ${width} x ${height} takes ${width * height * 3} bytes; ${rgb.length} came.`);
  }
  return findText(picture, report);
};

export default textTask;
