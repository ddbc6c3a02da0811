import type { TaskHandler } from '../worker/task.ts';
import { findFaces } from './blazeface.ts';
import { findObjects } from './centernet.ts';
import { tileSide } from './cut-tile.ts';
import type { RawDetection } from './raw-detection.ts';

/** One tile to look at. */
export interface DetectTaskInput {
  /** `tileSide` x `tileSide` RGB bytes: the tile squashed to a square. */
  readonly rgb: Uint8Array;
  /** Width / height of the tile before it was squashed. */
  readonly aspect: number;
  /** Smallest score of objects to report, 0..1; left out: do not look for objects. */
  readonly objects?: number | undefined;
  /** The same for faces. */
  readonly faces?: number | undefined;
}

/** Boxes in shares of the tile, unmerged. */
export type DetectTaskOutput = readonly RawDetection[];

const detectTask: TaskHandler<DetectTaskInput, DetectTaskOutput> = async ({ rgb, aspect, objects, faces }, report) => {
  if (rgb.length !== tileSide * tileSide * 3) {
    throw new RangeError(`A tile takes ${tileSide * tileSide * 3} bytes; ${rgb.length} came.`);
  }
  const found = objects === undefined ? [] : await findObjects(rgb, objects);
  report(0.8);
  return faces === undefined ? found : [...found, ...(await findFaces(rgb, aspect, faces))];
};

export default detectTask;
