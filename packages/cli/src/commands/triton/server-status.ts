import { AtelierError } from '@atelier/sdk/errors';
import type { ModelStatistics, RepositoryEntry, TritonClient } from '@atelier/sdk/triton';
import type { TritonModelStatus, TritonServerStatus } from '../../json-output.ts';
import { readIndex } from './read-index.ts';

/** Everything that one server tells about itself and its models, as it is now. */
export async function readServerStatus(
  client: TritonClient,
  server: string,
  signal: AbortSignal,
): Promise<TritonServerStatus> {
  // First alone: where nothing answers, one call finds out, and one error tells.
  if (!(await client.live({ signal }))) {
    return { server, live: false, ready: false, name: null, version: null, models: [] };
  }
  const [ready, { name, version }, { entries, loadedOnly }, statistics] = await Promise.all([
    client.ready({ signal }),
    client.serverMetadata({ signal }),
    readIndex(client, signal),
    client.statistics({ signal }),
  ]);
  const decoupled = await decoupledModels(client, statistics, signal);
  const models = modelStatuses(entries, statistics, decoupled);
  return { server, live: true, ready, name, version, models, ...(loadedOnly ? { loadedOnly } : {}) };
}

const untold = ['model-not-found', 'model-not-ready', 'access-denied'];

/** The names of those that answer with a stream, of the models that did something. */
async function decoupledModels(
  client: TritonClient,
  statistics: readonly ModelStatistics[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const busy = new Set(statistics.filter(({ inference_stats: sums }) => sums.compute_infer.count > 0).map(nameOf));
  const names = [...busy].map(async (name) => {
    try {
      const { model_transaction_policy: policy } = await client.modelConfig(name, { signal });
      return policy?.decoupled ? [name] : [];
    } catch (error) {
      // Unloaded since it was counted, or a server that keeps configurations to itself: the figures are shown all the same.
      if (AtelierError.isInstance(error) && untold.includes(error.code)) return [];
      throw error;
    }
  });
  return new Set((await Promise.all(names)).flat());
}

const nameOf = ({ name }: ModelStatistics): string => name;

/** One entry for each version of each model, in the order of their names. */
export function modelStatuses(
  index: readonly RepositoryEntry[],
  statistics: readonly ModelStatistics[],
  decoupled: ReadonlySet<string>,
): TritonModelStatus[] {
  return index
    .map((entry) => {
      const counted = statistics.find(({ name, version }) => name === entry.name && version === entry.version);
      const status = modelStatus(entry, counted);
      // What Triton counts for them ends when the model has taken the request, and says nothing of its work.
      return decoupled.has(entry.name) ? { ...status, computeMs: null } : status;
    })
    .sort((a, b) => (a.name === b.name ? Number(a.version) - Number(b.version) : a.name < b.name ? -1 : 1));
}

function modelStatus(entry: RepositoryEntry, statistics: ModelStatistics | undefined): TritonModelStatus {
  return {
    name: entry.name,
    version: entry.version || null,
    state: entry.state || null,
    ready: entry.state === 'READY',
    reason: entry.reason.trim() || null,
    ...(statistics ? figures(statistics) : noFigures),
  };
}

const noFigures = {
  requests: null,
  queueMs: null,
  computeMs: null,
  batchSize: null,
  cacheHits: null,
  lastUsed: null,
} satisfies Partial<TritonModelStatus>;

function figures({ inference_stats: sums, ...counts }: ModelStatistics) {
  const { queue, compute_infer: compute, cache_hit: hit, cache_miss: miss } = sums;
  return {
    requests: { ok: sums.success.count, failed: sums.fail.count },
    queueMs: meanMs(queue),
    computeMs: meanMs(compute),
    batchSize: ratio(counts.inference_count, counts.execution_count),
    // Of what was looked up and not found, the server counts only a part: not one of two that came at the same time.
    cacheHits: hit.count + miss.count > 0 ? ratio(hit.count, sums.success.count) : null,
    lastUsed: counts.last_inference > 0 ? new Date(counts.last_inference).toISOString() : null,
  } satisfies Partial<TritonModelStatus>;
}

/** Milliseconds, to the microsecond: the server counts no finer in effect. */
function meanMs({ count, ns }: { readonly count: number; readonly ns: number }): number | null {
  return count > 0 ? Math.round(ns / count / 1e3) / 1e3 : null;
}

const ratio = (part: number, whole: number): number | null =>
  whole > 0 ? Math.round((part / whole) * 1e4) / 1e4 : null;
