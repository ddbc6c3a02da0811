import type { Box } from '@atelier/sdk';

/** What a model says before anything is merged or named. */
export interface RawDetection {
  /** Index into `knownThings`. */
  readonly thing: number;
  readonly score: number;
  /** In the units of whoever made it: shares of the tile in the worker, pixels of the picture outside. */
  readonly box: Box;
}
