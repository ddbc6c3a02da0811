import { findPixelOperation, parseParameters } from '@atelier/sdk/adjust';
import type { TaskHandler } from '../worker/task.ts';

export interface AdjustTaskInput {
  readonly width: number;
  readonly height: number;
  /** RGBA. */
  readonly data: Uint8Array;
  /** One weight a pixel, 0..255. */
  readonly alpha: Uint8Array;
  /** A name from `adjustOperations`. */
  readonly operation: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface AdjustTaskOutput {
  /** RGBA, same size as the input. */
  readonly data: Uint8Array;
}

const adjustTask: TaskHandler<AdjustTaskInput, AdjustTaskOutput> = ({
  width,
  height,
  data,
  alpha,
  operation,
  parameters,
}) => {
  const found = findPixelOperation(operation);
  return { data: found.apply({ width, height, data }, parseParameters(found, parameters), alpha) };
};

export default adjustTask;
