import { setTimeout as sleep } from 'node:timers/promises';
import type { TritonClient } from '@atelier/sdk/triton';
import type { LaunchedTriton } from '@atelier/sdk/triton/launch';
import { failureReason } from './failure-reason.ts';
import { isServerGone, loadCall } from './load-models.ts';

/** How it goes with a model that is loaded anew. */
export type Healing =
  | { readonly kind: 'back'; readonly model: string; readonly seconds: number }
  /** `reason` is undefined where its new process died at once. */
  | { readonly kind: 'failed'; readonly model: string; readonly reason: string | undefined }
  /** Restarted too often. It is unloaded, so that everybody sees that it is not ready. */
  | { readonly kind: 'given-up'; readonly model: string };

interface HealOptions {
  readonly server: Pick<LaunchedTriton, 'workers'>;
  readonly connect: () => TritonClient;
  readonly tell: (healing: Healing) => void;
  readonly signal: AbortSignal;
  readonly pauseMs: number;
  /** When the restarts of this model began; those of this call are added. */
  readonly began: number[];
  /** Processes of earlier loadings: how they end is of no interest any more. Those of this call are added. */
  readonly former: Set<number>;
}

/** A model that needs more would keep the machine busy with reading its weights. */
const mostRestarts = 3;
const withinMs = 5 * 60_000;

/** Unloads a model whose process died and loads it, again where that fails, until it was tried too often. Never rejects for what the server or the signal says. */
export async function heal(model: string, options: HealOptions): Promise<void> {
  const { connect, tell, signal, pauseMs, began } = options;
  await using client = connect();
  try {
    for (;;) {
      const now = performance.now();
      if (began.filter((time) => now - time < withinMs).length >= mostRestarts) {
        await client.unload(model, { signal });
        tell({ kind: 'given-up', model });
        return;
      }
      began.push(now);
      const healing = await restart(client, model, options);
      tell(healing);
      if (healing.kind === 'back') return;
      await sleep(pauseMs, undefined, { signal });
    }
  } catch (error) {
    // Stopped, or the server is gone, which is told by those who wait for that.
    if (!signal.aborted && !isServerGone(error)) tell({ kind: 'failed', model, reason: failureReason(error) });
  }
}

async function restart(client: TritonClient, model: string, options: HealOptions): Promise<Healing> {
  const { server, signal, former } = options;
  const began = performance.now();
  const workers = async () => (await server.workers()).filter((worker) => worker.model === model);
  for (const { pid } of await workers()) former.add(pid);
  try {
    await client.unload(model, { signal });
    await untilUnloaded(client, model, signal);
    await client.load(model, { signal, ...loadCall });
  } catch (error) {
    if (signal.aborted || isServerGone(error)) throw error;
    return { kind: 'failed', model, reason: failureReason(error) };
  }
  // Looked at here, and so known if it dies before the next look.
  const isAlive = (await workers()).some(({ pid, end }) => end === undefined && !former.has(pid));
  if (!isAlive) return { kind: 'failed', model, reason: undefined };
  return { kind: 'back', model, seconds: (performance.now() - began) / 1000 };
}

/** Triton answers before the model's other instances have done their work and left; loaded at once, both would be in the memory. */
async function untilUnloaded(client: TritonClient, name: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    const index = await client.repositoryIndex({ signal });
    if (!index.some((model) => model.name === name && model.state === 'UNLOADING')) return;
    await sleep(100, undefined, { signal });
  }
}
