import type { Image } from '../../image/image.ts';
import type { Mask } from '../../image/mask.ts';

export interface InpaintRequest {
  /** The crop to work on. */
  readonly image: Image;
  /** Where to paint, same size as `image`. */
  readonly mask: Mask;
  /** What should be there. */
  readonly prompt: string;
  readonly negativePrompt?: string;
  /** Equal seeds give equal pixels on the same backend and model. */
  readonly seed: number;
  /** Denoising steps; the backend's default when left out. */
  readonly steps?: number;
  /** Classifier-free guidance; the backend's default when left out. */
  readonly guidance?: number;
  /** 0..1: how much of what is there may be repainted; the backend's default when left out. */
  readonly strength?: number;
}
