import type { Box } from '../../image/geometry.ts';
import type { Image } from '../../image/image.ts';

export interface DetectRequest {
  readonly image: Image;
  /**
   * Plain names of things ("cup", "red cup"): places and sizes are resolved before the backend is asked.
   * An empty list asks for everything the backend can recognise without being told what to look for.
   */
  readonly phrases: readonly string[];
  /** Smallest score to report, 0..1. Backends choose their own default. */
  readonly threshold?: number;
}

/** One thing found. Lists of detections are sorted by score, highest first. */
export interface Detection {
  /** What the model calls it. */
  readonly label: string;
  /** 0..1, as the model gave it: never raised, never hidden. */
  readonly score: number;
  readonly box: Box;
  /** The phrase it answers. */
  readonly phrase: string;
}
