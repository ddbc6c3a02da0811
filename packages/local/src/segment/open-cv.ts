import { createRequire } from 'node:module';
import type * as OpenCv from '@techstark/opencv-js';

export type { OpenCv };

let module: typeof OpenCv | undefined;
let ready: Promise<void> | undefined;

/** Loads the wasm module once a thread (about 0.3 s). */
export function loadOpenCv(): Promise<void> {
  ready ??= new Promise((resolve) => {
    // Required, not imported: an import of its 10 MB of CommonJS is scanned for names first.
    const loaded: typeof OpenCv = createRequire(import.meta.url)('@techstark/opencv-js');
    module = loaded;
    if (loaded.Mat) resolve();
    else loaded.onRuntimeInitialized = resolve;
  });
  return ready;
}

/** The module itself, by a synchronous call: it has a `then`, so handing it through a promise would never settle. */
export function openCv(): typeof OpenCv {
  if (!module?.Mat) throw new Error('loadOpenCv must have settled first.');
  return module;
}
