import type { Box, PointPrompt } from '@atelier/sdk';

/** What the worker gets: a part of the picture, with box and points measured from that part's corner. */
export interface SegmentInput {
  readonly width: number;
  readonly height: number;
  /** RGBA. */
  readonly data: Uint8Array;
  /** Absent: the worker grows one from the points. */
  readonly box: Box | undefined;
  readonly points: readonly PointPrompt[];
}

export interface SegmentOutput {
  /** Whole pixels, measured like the input. */
  readonly box: Box;
  /** One byte a pixel of `box`, 0 or 1. */
  readonly data: Uint8Array;
  readonly score: number;
}
