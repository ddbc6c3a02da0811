import type { Box, Point } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';

/** A point that lies on the thing (`positive`) or beside it. */
export interface PointPrompt extends Point {
  readonly positive: boolean;
}

/** At least one of `box` and `points` is given. */
export interface SegmentRequest {
  readonly image: Image;
  readonly box?: Box;
  readonly points?: readonly PointPrompt[];
}

export interface SegmentResponse {
  /** Same size as the image. */
  readonly mask: Mask;
  /** The model's own quality estimate, 0..1. */
  readonly score: number;
}
