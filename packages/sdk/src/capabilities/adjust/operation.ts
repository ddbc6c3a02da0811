import type { z } from 'zod';
import type { Box } from '../../image/geometry.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Language } from '../ask/contract.ts';

/** Which part of the picture an adjustment changes: the thing named, everything else, or the whole picture. */
export type AdjustRegion = 'subject' | 'background' | 'everything';

/** One way people ask for the operation, so that the built-in planner understands it without knowing the operation. */
export interface Phrasing {
  readonly language: Language;
  /**
   * Matched against one clause: lower case, no final punctuation, no politeness. The named group `target` holds the
   * words for the thing ("the cup", "컵"); other groups are read by `parameters`. Use `(?<target>.+?)` and anchor both ends.
   */
  readonly pattern: RegExp;
  /** Default `subject`. A target that means "the background" turns it into `background` by itself. */
  readonly region?: AdjustRegion;
  /**
   * The phrasing counts only where the region turns out to be this one, and then before phrasings without a condition:
   * "make the background white" fills, "make the cup white" recolours.
   */
  readonly onlyFor?: AdjustRegion;
  /** The operation's parameters from the match; undefined when the words do not fit after all (an unknown colour, say). */
  parameters(groups: Readonly<Record<string, string | undefined>>): Readonly<Record<string, unknown>> | undefined;
}

/** What the pixels say about whether the change happened, for "verify, then claim". */
export interface AdjustEvidence {
  readonly done: boolean;
  /** The figure it rests on, in one short English clause: "mean hue 214° (asked 220°)". */
  readonly evidence: string;
}

/** What every adjustment has, whatever it changes: what brains see and how people ask for it. */
interface OperationBase<Parameters> {
  /** kebab-case, a verb: `recolour`, `blur`. */
  readonly name: string;
  /** One sentence for a brain. */
  readonly description: string;
  /** Strict schema with defaults, units in the descriptions. */
  readonly parameters: z.ZodType<Parameters>;
  /** Parameters a person might ask for: shown to brains and in the documentation, and what tests run the operation with. */
  readonly example: Parameters;
  readonly phrasings: readonly Phrasing[];
}

/** An adjustment of pixels inside a region; the frame of the picture stays. Backends run it. */
export interface PixelOperation<Parameters = Readonly<Record<string, unknown>>> extends OperationBase<Parameters> {
  readonly kind: 'pixels';
  /**
   * For what is painted around a thing: how far beyond the selected mask it may change pixels. Such an operation gets
   * the thing's own weights as `alpha`, is composited through the grown mask without a soft edge, and returns every
   * pixel that it does not paint as it was. `side`: of the square with the thing's area. Pixels.
   */
  reach?(parameters: Parameters, side: number): number;
  /** True where what it does depends on the colours of the region as a whole: of several things, each is changed by itself. */
  readonly eachByItself?: true;
  /**
   * New RGBA pixels of the same size, for the whole crop; the caller keeps them only where `alpha` lets it.
   * Pure and synchronous: runs in a worker thread. `alpha` is one weight a pixel, 0..255.
   */
  apply(pixels: Pixels, parameters: Parameters, alpha: Uint8Array): Uint8Array;
  /** Compares before and after where `alpha` is high. May be given bands of rows in place of the whole region. */
  measure(before: Pixels, after: Pixels, parameters: Parameters, alpha: Uint8Array): AdjustEvidence;
}

/** How the frame changes: the picture is turned about its centre, then cut down to a box. */
export interface Frame {
  /** Degrees, clockwise. */
  readonly angle: number;
  /** Whole pixels of the turned picture, which has its origin and its centre where the picture had them; always inside it. */
  readonly crop: Box;
}

/**
 * What a frame operation decided; with `unchanged`, why the picture stays as it is. `isAsAsked`: because it was measured to be
 * what was asked for already, so that the edit counts as done; else the edit has failed.
 */
export type FrameDecision =
  | { readonly frame: Frame }
  | { readonly unchanged: string; readonly isAsAsked?: boolean | undefined };

export interface FrameRequest<Parameters> {
  readonly image: Pixels;
  readonly parameters: Parameters;
  /** Around the thing, whole pixels; present where `region` is `subject`. */
  readonly thing: Box | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An adjustment of the picture's frame: no pixel is painted. Needs no backend. */
export interface FrameOperation<Parameters = Readonly<Record<string, unknown>>> extends OperationBase<Parameters> {
  readonly kind: 'frame';
  /** Whether it is about a thing or needs none. */
  readonly region: 'subject' | 'everything';
  frame(request: FrameRequest<Parameters>): Promise<FrameDecision>;
  /** Compares the pictures as they were and are, after `frame` was carried out. */
  measure(before: Pixels, after: Pixels, frame: Frame, request: FrameRequest<Parameters>): Promise<AdjustEvidence>;
}

/**
 * One adjustment, whole: what brains see, how people ask for it, what it does, how to check it.
 * A new operation is one file in `operations/` and its test; the index is generated.
 */
export type AdjustOperation<Parameters = Readonly<Record<string, unknown>>> =
  | PixelOperation<Parameters>
  | FrameOperation<Parameters>;
