import { findChromium } from '../../../../../scripts/chromium.mjs';

/** Throws where there is no browser: without one, vitest leaves out the tests of pages. */
export function chromium(): string {
  const path = findChromium();
  if (path === undefined) throw new Error('No Chromium: run `node scripts/chromium.mjs`.');
  return path;
}
