import { readFileSync } from 'node:fs';

// Sources lie two folders below package.json, the built program one.
const places = ['../package.json', '../../package.json'];

/** The version of this package. */
export function readVersion(): string {
  for (const place of places) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(new URL(place, import.meta.url), 'utf8'));
      const version: unknown = typeof manifest === 'object' && manifest !== null && Reflect.get(manifest, 'version');
      if (typeof version === 'string') return version;
    } catch {
      // The next place.
    }
  }
  return 'unknown';
}
