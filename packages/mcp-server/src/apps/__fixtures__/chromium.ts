/** The script's own words; plain JavaScript has no types. */
interface ChromiumScript {
  findChromium(): string | undefined;
}

const script: ChromiumScript = await import(new URL('../../../../../scripts/chromium.mjs', import.meta.url).href);

/** A browser for tests, or undefined. Where tests must be complete, there has to be one. */
export const chromium: string | undefined = script.findChromium();
if (chromium === undefined && process.env.CI) throw new Error('No Chromium: run `node scripts/chromium.mjs`.');
