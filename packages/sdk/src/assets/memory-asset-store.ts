import type { Asset, AssetStore } from './asset-store.ts';

/** Keeps assets in this process: the default, gone when it ends. */
export function memoryAssetStore(): AssetStore {
  const scopes = new Map<string, Map<string, Asset>>();
  return {
    async put(scope, id, asset) {
      const assets = scopes.get(scope) ?? new Map<string, Asset>();
      if (!assets.has(id)) assets.set(id, asset);
      scopes.set(scope, assets);
    },
    get: async (scope, id) => scopes.get(scope)?.get(id),
    has: async (scope, id) => scopes.get(scope)?.has(id) ?? false,
    async delete(scope, id) {
      scopes.get(scope)?.delete(id);
    },
  };
}
