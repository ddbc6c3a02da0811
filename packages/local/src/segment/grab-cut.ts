import { type OpenCv, openCv } from './open-cv.ts';
import type { Plane } from './plane.ts';

/** GrabCut's labels: sure ones stay as they are, probable ones are where it starts from. */
export const label = { background: 0, thing: 1, probablyBackground: 2, probablyThing: 3 } as const;

const seed = 7;

/** GrabCut (Rother, Kolmogorov, Blake 2004) from first guesses. Returns 1 for the thing, 0 elsewhere; equal inputs give equal results. */
export function grabCut(features: OpenCv.Mat, guesses: Plane, rounds: number): Plane {
  const cv = openCv();
  const labels = cv.matFromArray(guesses.height, guesses.width, cv.CV_8UC1, guesses.data);
  const backgroundModel = new cv.Mat();
  const thingModel = new cv.Mat();
  try {
    cv.setRNGSeed(seed);
    const unused = new cv.Rect(0, 0, 0, 0);
    cv.grabCut(features, labels, unused, backgroundModel, thingModel, rounds, cv.GC_INIT_WITH_MASK);
    const cut: Uint8Array = labels.data;
    return { width: guesses.width, height: guesses.height, data: Uint8Array.from(cut, (value) => value & 1) };
  } catch (error) {
    // OpenCV throws addresses of its own exceptions.
    if (typeof error === 'number') throw new Error(cv.exceptionFromPtr(error).msg);
    throw error;
  } finally {
    labels.delete();
    backgroundModel.delete();
    thingModel.delete();
  }
}
