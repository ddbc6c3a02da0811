import type { TaskHandler } from '../worker/task.ts';
import { fillHole } from './fill-hole.ts';

export interface RemoveInput {
  readonly width: number;
  readonly height: number;
  /** RGBA, 8 bits a channel. */
  readonly data: Uint8Array;
  /** One byte a pixel, 1 = fill. */
  readonly hole: Uint8Array;
  readonly seed: number;
}

export interface RemoveOutput {
  /** RGBA of the input's size. */
  readonly data: Uint8Array;
}

/** The worker task behind `remove`. */
const removeTask: TaskHandler<RemoveInput, RemoveOutput> = ({ width, height, data, hole, seed }, report) => ({
  data: fillHole({ width, height, data }, hole, { seed, report }),
});

export default removeTask;
