import { fillHole } from '../../src/remove/fill-hole.ts';
import { type FillCase, fillCases } from './cases.ts';
import { bandPassError, psnr, ssim } from './measures.ts';
import { fillWithOpenCv, openCvReady } from './rivals.ts';

export const methods = ['ours', 'telea', 'navier-stokes'] as const;
export type Method = (typeof methods)[number];

/** One method's means over all holes. */
export interface Row {
  readonly method: Method;
  /** Error of the band-pass histogram in the hole: 0 = same texture, 1 = flat. The measure that counts. */
  readonly bandPassError: number;
  /** For information: it rewards blur. */
  readonly ssim: number;
  /** Decibels, for information: it rewards blur. */
  readonly psnr: number;
  /** Mean milliseconds a hole (indicative). */
  readonly milliseconds: number;
}

/** One hole filled by every method. */
export interface FilledCase {
  readonly fillCase: FillCase;
  readonly filled: Readonly<Record<Method, Uint8Array>>;
  readonly milliseconds: Readonly<Record<Method, number>>;
}

/** Fills 20 seeded holes with every method. */
export async function fillAll(count = 20, seed = 7): Promise<FilledCase[]> {
  await openCvReady();
  const cases = await fillCases(count, seed);
  return cases.map((fillCase) => {
    const { pixels, hole } = fillCase;
    const milliseconds = { ours: 0, telea: 0, 'navier-stokes': 0 };
    const timed = (method: Method, fill: () => Uint8Array): Uint8Array => {
      const start = performance.now();
      const result = fill();
      milliseconds[method] = performance.now() - start;
      return result;
    };
    const filled = {
      ours: timed('ours', () => fillHole(pixels, hole, { seed: 1 })),
      telea: timed('telea', () => fillWithOpenCv(pixels, hole, 'telea')),
      'navier-stokes': timed('navier-stokes', () => fillWithOpenCv(pixels, hole, 'navier-stokes')),
    };
    return { fillCase, filled, milliseconds };
  });
}

/** Scores every method: one row each, ours first. */
export function score(results: readonly FilledCase[]): Row[] {
  return methods.map((method) => {
    const mean = (value: (result: FilledCase) => number): number =>
      results.reduce((sum, result) => sum + value(result), 0) / results.length;
    const measured = (
      measure: (original: Uint8Array, filled: Uint8Array, hole: Uint8Array, width: number, height: number) => number,
    ): number =>
      mean(({ fillCase: { pixels, hole }, filled }) =>
        measure(pixels.data, filled[method], hole, pixels.width, pixels.height),
      );
    return {
      method,
      bandPassError: measured(bandPassError),
      ssim: measured(ssim),
      psnr: measured(psnr),
      milliseconds: mean((result) => result.milliseconds[method]),
    };
  });
}

/** The better of the two rivals by band-pass error. */
export function betterRival(rows: readonly Row[]): Row {
  const [, telea, navierStokes] = rows;
  return telea.bandPassError <= navierStokes.bandPassError ? telea : navierStokes;
}
