import { type OpenCv, openCv } from './open-cv.ts';
import type { Plane } from './plane.ts';

/** GrabCut's labels: sure ones stay as they are, probable ones are where it starts from. */
export const label = { background: 0, thing: 1, probablyBackground: 2, probablyThing: 3 } as const;

const seed = 7;

/**
 * GrabCut (Rother, Kolmogorov, Blake 2004) from first guesses. Answers with the cut after each of the given numbers of
 * rounds, which rise; 1 is the thing, 0 the rest. Equal inputs give equal results.
 */
export function grabCut(features: OpenCv.Mat, guesses: Plane, rounds: readonly number[]): Plane[] {
  const cv = openCv();
  const labels = cv.matFromArray(guesses.height, guesses.width, cv.CV_8UC1, guesses.data);
  const backgroundModel = new cv.Mat();
  const thingModel = new cv.Mat();
  try {
    cv.setRNGSeed(seed);
    const unused = new cv.Rect(0, 0, 0, 0);
    return rounds.map((round, index) => {
      const more = round - (rounds[index - 1] ?? 0);
      const mode = index === 0 ? cv.GC_INIT_WITH_MASK : cv.GC_EVAL;
      cv.grabCut(features, labels, unused, backgroundModel, thingModel, more, mode);
      const cut: Uint8Array = labels.data;
      return { width: guesses.width, height: guesses.height, data: Uint8Array.from(cut, (value) => value & 1) };
    });
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
