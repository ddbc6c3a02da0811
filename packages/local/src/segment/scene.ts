import { toLab } from './lab.ts';
import { openCv } from './open-cv.ts';
import type { ColourPlane } from './plane.ts';

/** Numbers of a cell: lightness, two of chroma, and how busy its neighbourhood is. */
const channels = 4;
const lightnessWeight = 0.8;
/** Fur against a blurred background: the two may share their colours, but not their grain. */
const grainWeight = 10;
const paletteSize = 48;
/** In units of the weighted colours: shades this near count as one another's. */
const kinship = 6;
const seed = 7;
/** OpenCV's KMEANS_PP_CENTERS, which its types lack: first centres far from each other (Arthur, Vassilvitskii 2007). */
const spreadCentres = 2;

/** What is known of a reduced picture before anything is cut out of it. */
export interface Scene {
  readonly colours: ColourPlane;
  /** By cell: lightness and weighted chroma (CIE Lab), three numbers. */
  readonly lab: Float32Array;
  /** By cell: which shade of the palette it has. */
  readonly shades: Int32Array;
  readonly shadeCount: number;
  /** By pair of shades: how much one counts as the other, 1 for the same. */
  readonly kinship: Float32Array;
}

/** Sorts the cells into shades by colour and grain (k-means). Equal pictures give equal shades. */
export function readScene(colours: ColourPlane): Scene {
  const lab = toLab(colours);
  const grain = grainOf(lab, colours);
  const cells = new Float32Array((lab.length / 3) * channels);
  for (let cell = 0; cell < lab.length / 3; cell++) {
    cells[cell * channels] = (lab[cell * 3] ?? 0) * lightnessWeight;
    cells[cell * channels + 1] = lab[cell * 3 + 1] ?? 0;
    cells[cell * channels + 2] = lab[cell * 3 + 2] ?? 0;
    cells[cell * channels + 3] = grain[cell] ?? 0;
  }
  return { colours, lab, ...sortIntoShades(cells) };
}

/** The mean of the finest differences of lightness around each cell, on a logarithmic scale. */
function grainOf(lab: Float32Array, { width, height }: ColourPlane): Float32Array {
  const cv = openCv();
  const lightness = Float32Array.from({ length: width * height }, (_, cell) => lab[cell * 3] ?? 0);
  const sharp = cv.matFromArray(height, width, cv.CV_32FC1, lightness);
  const soft = new cv.Mat();
  try {
    const fromSigma = new cv.Size(0, 0);
    cv.GaussianBlur(sharp, soft, fromSigma, 1);
    cv.absdiff(sharp, soft, sharp);
    cv.GaussianBlur(sharp, soft, fromSigma, 3);
    return Float32Array.from(soft.data32F as Float32Array, (difference) => Math.log2(1 + difference) * grainWeight);
  } finally {
    sharp.delete();
    soft.delete();
  }
}

function sortIntoShades(cells: Float32Array): Pick<Scene, 'shades' | 'shadeCount' | 'kinship'> {
  const cv = openCv();
  const count = cells.length / channels;
  const shadeCount = Math.min(paletteSize, count);
  const samples = cv.matFromArray(count, channels, cv.CV_32FC1, cells);
  const labels = new cv.Mat();
  const centres = new cv.Mat();
  try {
    cv.setRNGSeed(seed);
    const patience = new cv.TermCriteria(cv.TermCriteria_EPS + cv.TermCriteria_COUNT, 8, 1);
    cv.kmeans(samples, shadeCount, labels, patience, 1, spreadCentres, centres);
    const shades = Int32Array.from(labels.data32S as Int32Array);
    return { shades, shadeCount, kinship: kinships(centres.data32F as Float32Array, shadeCount) };
  } finally {
    samples.delete();
    labels.delete();
    centres.delete();
  }
}

function kinships(centres: Float32Array, count: number): Float32Array {
  return Float32Array.from({ length: count * count }, (_, pair) => {
    const one = Math.floor(pair / count);
    const other = pair % count;
    let square = 0;
    for (let channel = 0; channel < channels; channel++) {
      square += ((centres[one * channels + channel] ?? 0) - (centres[other * channels + channel] ?? 0)) ** 2;
    }
    return Math.exp(-square / (2 * kinship ** 2));
  });
}
