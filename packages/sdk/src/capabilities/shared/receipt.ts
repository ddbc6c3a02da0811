import type { CapabilityName } from '../capability.ts';

/** The proof attached to an edit. Counts are made on decoded pixels, over the whole picture, after the edit. */
export interface Receipt {
  readonly capability: CapabilityName;
  readonly backend: string;
  readonly model: string;
  readonly seed?: number;
  readonly prompt?: string;
  /** An adjustment's name and parameters. */
  readonly operation?: { readonly name: string; readonly parameters: Readonly<Record<string, unknown>> };
  /** Pixels that differ where the feathered alpha is 0: always 0. */
  readonly changedOutsideMask: number;
  /** Pixels that differ where it is not 0. */
  readonly changedInsideMask: number;
  /** Pixels: what was selected, and what the edit was allowed to touch after growing and feathering. */
  readonly areas: { readonly selected: number; readonly edited: number };
  /** Image ids, which are hashes of the pixels, and the id of the edited mask. */
  readonly before: string;
  readonly after: string;
  readonly mask: string;
  /** `lossy` once the result was written in a form that does not keep every pixel. */
  readonly encoding: 'lossless' | 'lossy';
}

/** What the second look found. `ok: false` is an honest answer, not an error. */
export interface Verification {
  readonly ok: boolean;
  /** The figure or the finding it rests on, or why nothing could be checked. */
  readonly reason: string;
  /** Backend and model that looked, or `pixels`. */
  readonly by: string;
}
