import type { Size } from '@atelier/sdk';

/** What outputs are named and checked after: a photo, or the picture that a session shows. */
export interface PictureSource {
  readonly image: Size;
  /** Without folder and ending, for the names of outputs. */
  readonly name: string;
  /** The file it was read from, which is never overwritten; undefined where there is none. */
  readonly file: string | undefined;
}
