import type { Language } from '../../ask/contract.ts';

/** A side of the picture as the viewer sees it, also in "his left hand". */
export type Side = 'left' | 'right' | 'top' | 'bottom';

/** One thing said about place or size. `index` counts from 1; -1 is the last. */
export type SpatialSelector =
  /** "on the left", "top-left": the outermost on that side; for "the cups on the left", or beside another selector, all in that half. */
  | { readonly kind: 'side'; readonly sides: readonly Side[] }
  /** "leftmost", "second from the right"; a bare "second" counts from the left. */
  | { readonly kind: 'ordinal'; readonly from: Side; readonly index: number }
  /** "in the middle": the middle one of an odd row, else the nearest to the picture's centre. */
  | { readonly kind: 'middle' }
  /** "biggest", "smaller", "second-biggest", by box area; "tallest" and "narrowest" by height and width. */
  | {
      readonly kind: 'size';
      readonly order: 'largest' | 'smallest';
      readonly index: number;
      /** Default: area. */
      readonly by?: 'height' | 'width';
    }
  /** "both outer cups", "the ones at either end": the first and the last of a row or column. */
  | { readonly kind: 'ends' }
  /** "at the front", "nearest to the camera": what stands lowest in the picture stands nearest; "at the back" the other way round. */
  | { readonly kind: 'depth'; readonly order: 'front' | 'back' }
  /** "between the dog and the cat": between two anchors, or between the things that one anchor means ("the two men"). */
  | { readonly kind: 'between'; readonly anchor: ParsedPhrase; readonly other?: ParsedPhrase }
  /** "nearest to the dog", "next to the dog", "farthest from the dog". */
  | { readonly kind: 'distance'; readonly order: 'nearest' | 'farthest'; readonly anchor: ParsedPhrase }
  /** "to the left of the dog", "above the dog": on that side of the anchor, the nearest first. */
  | { readonly kind: 'relation'; readonly side: Side; readonly anchor: ParsedPhrase }
  /** "all cups except the red one": not those. An anchor without a noun is of the phrase's own kind. */
  | { readonly kind: 'except'; readonly anchor: ParsedPhrase };

/** The words for a thing, taken apart: what a detector is asked for, and what geometry decides. */
export interface ParsedPhrase {
  /** Plain singular form without article, lower case: "cup", "person's face", "컵". Empty where any thing will do ("the one on the left"). */
  readonly noun: string;
  readonly language: Language;
  readonly selectors: readonly SpatialSelector[];
  /** True where more than one is meant: "all cups", "both cups", "the cups", "모든 컵", "컵들". */
  readonly all: boolean;
  /** How many are meant, where the words say a number: "both cups", "the three dogs", "컵 두 개". */
  readonly count?: number;
}
