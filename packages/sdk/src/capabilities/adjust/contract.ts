import type { Image } from '../../image/image.ts';

export interface AdjustRequest {
  /** The crop to work on. */
  readonly image: Image;
  /** A name from `adjustOperations`, of one that changes pixels. */
  readonly operation: string;
  /** Already checked against the operation's own schema. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /**
   * One weight per pixel, 0..255: where the change will be kept after feathering, or the thing's own outline for an
   * operation that paints around it (`reach`). Statistics (a mean colour, say) are taken where it is high.
   */
  readonly alpha: Uint8Array;
}
