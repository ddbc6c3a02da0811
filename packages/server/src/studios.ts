import type { AssetStore, HistoryStore, Studio } from '@atelier/sdk';
import type { Settings } from './services.ts';

/** Tenants whose pictures are kept at hand. */
const mostStudios = 8;
/** Bytes of decoded pixels kept at hand for each. */
const cacheBytes = 64 * 1024 * 1024;

export interface StudioStores {
  readonly assets: AssetStore;
  readonly history: HistoryStore;
  readonly settings: Settings;
}

/** The studio on each tenant's stores, which know nothing of each other. The last ones used are kept. */
export function createStudios(studio: Studio, { assets, history, settings }: StudioStores): (tenant: string) => Studio {
  const known = new Map<string, Studio>();
  const { maxImagePixels } = settings.limits;
  return (tenant) => {
    const found =
      known.get(tenant) ??
      studio.with({
        scope: tenant,
        assets,
        history,
        cacheBytes,
        // A prompt must not reach this machine's files; URLs only where requests may name them too.
        roots: [],
        urls: settings.imageUrls,
        limits: { maxPixels: maxImagePixels, maxBytes: settings.limits.maxImageBytes },
      });
    known.delete(tenant);
    known.set(tenant, found);
    const [oldest] = known.keys();
    if (known.size > mostStudios && oldest !== undefined) known.delete(oldest);
    return found;
  };
}
