import { setTimeout as sleep } from 'node:timers/promises';
import type { TritonClient } from '@atelier/sdk/triton';
import type { LaunchedTriton, TritonWorker, WorkerEnd } from '@atelier/sdk/triton/launch';
import { type Healing, heal } from './heal.ts';
import { outOfMemoryKills } from './out-of-memory.ts';

/** What is told of a model whose process died. */
export type HealingEvent =
  | Healing
  /** `outOfMemory`: the kernel killed something for want of memory at that moment. */
  | { readonly kind: 'died'; readonly model: string; readonly end: WorkerEnd; readonly outOfMemory: boolean };

export interface SuperviseOptions {
  readonly server: Pick<LaunchedTriton, 'workers'>;
  /** Makes a client of the server. It is closed soon: an open connection keeps the server from stopping. */
  readonly connect: () => TritonClient;
  readonly tell: (event: HealingEvent) => void;
  readonly signal: AbortSignal;
  /** Milliseconds between two looks at the processes. Default 1000. */
  readonly everyMs?: number;
  /** Milliseconds before a model that could not be loaded is tried again. Default 5000. */
  readonly pauseMs?: number;
}

type DeadWorker = TritonWorker & { readonly end: WorkerEnd };
const isDead = (worker: TritonWorker): worker is DeadWorker => worker.end !== undefined;

/**
 * Looks at the processes of the models, and loads a model anew when one of its died: Triton itself does not notice, and
 * such a model stays READY and fails every request. The others go on. Resolves when the signal is given.
 */
export async function supervise(options: SuperviseOptions): Promise<void> {
  const { server, connect, tell, signal, everyMs = 1000, pauseMs = 5000 } = options;
  const healing = new Map<string, Promise<void>>();
  const restarts = new Map<string, number[]>();
  const former = new Set<number>();
  let killsBefore = await outOfMemoryKills();
  while (!signal.aborted) {
    const workers = await server.workers();
    forgetGone(former, workers);
    const dead = workers.filter(isDead);
    const kills = await outOfMemoryKills();
    for (const { model, pid, end } of dead) {
      if (
        healing.has(model) ||
        former.has(pid) ||
        !(await isServed(model, options)) ||
        !(await isStillDead(pid, options))
      )
        continue;
      tell({ kind: 'died', model, end, outOfMemory: end.signal === 'SIGKILL' && kills > killsBefore });
      const began = restarts.get(model) ?? [];
      restarts.set(model, began);
      const work = heal(model, { server, connect, tell, signal, pauseMs, began, former });
      healing.set(
        model,
        work.finally(() => healing.delete(model)),
      );
    }
    killsBefore = kills;
    await sleep(everyMs, undefined, { signal }).catch(() => {});
  }
  await Promise.all(healing.values());
}

/** The kernel gives their numbers to others. */
function forgetGone(pids: Set<number>, workers: readonly TritonWorker[]): void {
  const here = new Set(workers.map(({ pid }) => pid));
  for (const pid of pids) if (!here.has(pid)) pids.delete(pid);
}

/** A model that somebody unloads loses its processes too, but is not READY any more before it does. */
async function isServed(name: string, { connect, signal }: SuperviseOptions): Promise<boolean> {
  await using client = connect();
  // Where the server does not answer, the next look asks again.
  const index = await client.repositoryIndex({ signal }).catch(() => []);
  return index.some((model) => model.name === name && model.state === 'READY');
}

/** Not between its unloading and its next loading, which somebody else asked for. */
const isStillDead = async (pid: number, { server }: SuperviseOptions): Promise<boolean> =>
  (await server.workers()).some((worker) => worker.pid === pid && isDead(worker));
