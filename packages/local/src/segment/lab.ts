import { openCv } from './open-cv.ts';
import type { ColourPlane } from './plane.ts';

/** Chroma tells things apart better than shading does. */
const chromaWeight = 2;

/** Lightness and weighted chroma (CIE Lab, 8 bit) of every cell, three numbers each. */
export function toLab(colours: ColourPlane): Float32Array {
  const cv = openCv();
  const mat = cv.matFromArray(colours.height, colours.width, cv.CV_8UC3, colours.data);
  try {
    cv.cvtColor(mat, mat, cv.COLOR_RGB2Lab);
    const levels: Uint8Array = mat.data;
    return Float32Array.from(levels, (level, index) => (index % 3 === 0 ? level : level * chromaWeight));
  } finally {
    mat.delete();
  }
}
