import type { Pixels } from '@atelier/sdk/image';
import cv from '@techstark/opencv-js';

export type Rival = 'telea' | 'navier-stokes';

/** Resolves once OpenCV's WebAssembly runs. Its module has a `then` of its own, so it must never be awaited itself. */
export function openCvReady(): Promise<void> {
  if (cv.Mat !== undefined) return Promise.resolve();
  return new Promise((resolve) => {
    cv.onRuntimeInitialized = () => resolve();
  });
}

/** Fills a hole with OpenCV's `inpaint`, radius 5. Call `openCvReady` first. */
export function fillWithOpenCv(pixels: Pixels, hole: Uint8Array, rival: Rival): Uint8Array {
  const { width, height } = pixels;
  const source = new cv.Mat(height, width, cv.CV_8UC3);
  const mask = new cv.Mat(height, width, cv.CV_8UC1);
  const filled = new cv.Mat();
  try {
    for (let pixel = 0; pixel < hole.length; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        source.data[pixel * 3 + channel] = pixels.data[pixel * 4 + channel];
      }
      mask.data[pixel] = hole[pixel] * 255;
    }
    cv.inpaint(source, mask, filled, 5, rival === 'telea' ? cv.INPAINT_TELEA : cv.INPAINT_NS);
    const result = Uint8Array.from(pixels.data);
    for (let pixel = 0; pixel < hole.length; pixel++) {
      if (hole[pixel] === 0) continue;
      for (let channel = 0; channel < 3; channel++) {
        result[pixel * 4 + channel] = filled.data[pixel * 3 + channel];
      }
    }
    return result;
  } finally {
    source.delete();
    mask.delete();
    filled.delete();
  }
}
