import { AtelierError } from '@atelier/sdk/errors';
import type { RepositoryEntry, TritonClient } from '@atelier/sdk/triton';

export interface ModelIndex {
  readonly entries: readonly RepositoryEntry[];
  /** The server keeps its list to itself: only the models that are loaded are known. */
  readonly loadedOnly: boolean;
}

/**
 * The models of a server. Triton restricts the list together with loading and unloading, as `triton up` does; what it
 * counts is open, and names the models that are loaded.
 */
export async function readIndex(client: TritonClient, signal: AbortSignal): Promise<ModelIndex> {
  try {
    return { entries: await client.repositoryIndex({ signal }), loadedOnly: false };
  } catch (error) {
    if (!AtelierError.isInstance(error) || error.code !== 'access-denied') throw error;
  }
  const loaded = await client.statistics({ signal });
  const entries = loaded.map(async ({ name, version }) => {
    const isReady = await client.modelReady(name, { version, signal });
    return { name, version, state: isReady ? 'READY' : 'UNAVAILABLE', reason: '' };
  });
  return { entries: await Promise.all(entries), loadedOnly: true };
}
