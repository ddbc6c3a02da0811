import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';

/** Fill the hole with what could have been behind it. */
export interface RemoveRequest {
  /** The crop to work on: the hole and its surroundings. */
  readonly image: Image;
  /** The hole, same size as `image`; already grown over the thing's soft edge. */
  readonly mask: Mask;
  /** Equal seeds give equal pixels. */
  readonly seed: number;
}
