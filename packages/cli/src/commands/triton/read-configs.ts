import { AtelierError } from '@atelier/sdk/errors';
import type { ModelConfig, RepositoryEntry, TritonClient } from '@atelier/sdk/triton';
import { suggest } from '../../suggest.ts';
import { readIndex } from './read-index.ts';

interface ReadOptions {
  /** Default: every model that is ready. */
  readonly wanted: readonly string[] | undefined;
  readonly server: string;
  readonly signal: AbortSignal;
}

/** The configurations of models, and the names of those that are left out because they are not ready. */
export async function readConfigs(
  client: TritonClient,
  { wanted, server, signal }: ReadOptions,
): Promise<{ configs: ModelConfig[]; skipped: string[] }> {
  const { entries: index, loadedOnly } = await readIndex(client, signal);
  const ready = namesOf(index.filter(({ state }) => state === 'READY'));
  if (wanted) await checkWanted(wanted, { ready, index, loadedOnly, server });
  const names = [...(wanted ?? ready)].sort();
  const configs = await Promise.all(
    names.map(async (name) => {
      try {
        return await client.modelConfig(name, { signal });
      } catch (error) {
        // Unloaded since the index was read.
        if (!wanted && AtelierError.isInstance(error) && error.code === 'model-not-found') return undefined;
        throw error;
      }
    }),
  );
  const found = configs.filter((config) => config !== undefined);
  const written = new Set(found.map(({ name }) => name));
  return { configs: found, skipped: wanted ? [] : namesOf(index).filter((name) => !written.has(name)) };
}

const namesOf = (entries: readonly RepositoryEntry[]): string[] => [...new Set(entries.map(({ name }) => name))].sort();

interface Known {
  readonly ready: readonly string[];
  readonly index: readonly RepositoryEntry[];
  readonly loadedOnly: boolean;
  readonly server: string;
}

/** The server says the same of both, and knows no better name. */
async function checkWanted(wanted: readonly string[], { ready, index, loadedOnly, server }: Known): Promise<void> {
  const model = wanted.find((name) => !ready.includes(name));
  if (model === undefined) return;
  const { ModelNotFoundError, ModelNotReadyError } = await import('@atelier/sdk/triton');
  const entry = index.find(({ name }) => name === model);
  if (entry) {
    throw new ModelNotReadyError({
      server,
      model,
      message: `The model "${model}" of ${server} is not ready.`,
      ...(entry.reason === '' ? {} : { serverMessage: entry.reason }),
      hint: 'Load it, or see why it failed: atelier triton status.',
    });
  }
  const known = namesOf(index);
  const meant = suggest(model, known);
  throw new ModelNotFoundError({
    server,
    model,
    message: `${server} has no model "${model}"${loadedOnly ? ' that is loaded' : ''}.`,
    hint: meant ? `Did you mean "${meant}"?` : `It has ${known.join(', ') || 'no models at all'}.`,
  });
}
