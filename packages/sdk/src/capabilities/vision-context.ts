import type { Backend } from './capability.ts';
import type { DetectionCache } from './detect/detection-cache.ts';

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
}

/** The part of `CallOptions` that goes to a backend. */
export const callContext = ({ signal, progress }: CallOptions) => ({
  ...(signal ? { signal } : {}),
  ...(progress ? { progress } : {}),
});
