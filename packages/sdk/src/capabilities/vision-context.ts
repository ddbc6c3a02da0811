import type { Backend } from './capability.ts';
import type { DetectionCache } from './detect/detection-cache.ts';
import type { Protection } from './protect/protection.ts';

/** What every capability needs at hand: who can do it, and what was already looked at. */
export interface VisionContext {
  readonly backends: readonly Backend[];
  readonly detections: DetectionCache;
}

/** Options that every call of `vision` takes. */
export interface CallOptions {
  /** Stops the work and rejects with `cancelled`. */
  readonly signal?: AbortSignal | undefined;
  /** Share of the work done, 0..1, never falling. */
  readonly progress?: ((fraction: number) => void) | undefined;
  /** Called when the edit is painted and the second look begins. */
  readonly onVerify?: (() => void) | undefined;
  /** Called with each piece of an answer as it is written, where the backend streams: `ask` over triton(). */
  readonly onText?: ((delta: string) => void) | undefined;
}

/** Options that every edit takes. */
export interface EditCallOptions extends CallOptions {
  /** What the edit must leave alone, pixel for pixel. */
  readonly protection?: Protection | undefined;
}

type Progress = CallOptions['progress'];

/** A step's own progress as part of the call's: 0..1 of the step is `from`..`to` of the call. */
export const progressWithin = (progress: Progress, from: number, to: number): Progress =>
  progress && ((fraction) => progress(from + (to - from) * fraction));

/** Passes on only what lies above everything told before, within 0..1: backends may begin anew for each thing they are asked. */
export function rising(progress: Progress): Progress {
  let highest = 0;
  return (
    progress &&
    ((fraction) => {
      if (!(fraction > highest)) return;
      highest = Math.min(1, fraction);
      progress(highest);
    })
  );
}

/** The part of `CallOptions` that goes to a backend. */
export const callContext = ({ signal, progress, onText }: CallOptions) => ({
  ...(signal ? { signal } : {}),
  ...(progress ? { progress } : {}),
  ...(onText ? { text: onText } : {}),
});
