// @ts-expect-error Plain JavaScript, so that it runs without a build.
import * as script from '../../../../../scripts/chromium.mjs';

/** Throws where there is no browser: without one, vitest leaves out the tests of pages. */
export function chromium(): string {
  const path: unknown = script.findChromium();
  if (typeof path !== 'string') throw new Error('No Chromium: run `node scripts/chromium.mjs`.');
  return path;
}
