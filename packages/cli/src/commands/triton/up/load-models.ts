import { AtelierError, type AtelierErrorCode } from '@atelier/sdk/errors';
import type { TritonClient } from '@atelier/sdk/triton';
import type { TritonUpOutput } from '../../../json-output.ts';
import type { CommandContext } from '../../command.ts';
import { warn } from '../environment/tell.ts';
import { failureReason } from './failure-reason.ts';
import type { UpWords } from './words.ts';

export type LoadedModel = TritonUpOutput['models'][number];

/** Two at a time: while one reads its weights, another computes; more would only fight for the same disk. */
const atOnce = 2;

const serverGone: readonly string[] = ['server-unreachable', 'connection-lost'] satisfies AtelierErrorCode[];

/** Not the model's fault. */
export const isServerGone = (error: unknown): boolean =>
  AtelierError.isInstance(error) && serverGone.includes(error.code);

/** Of a model that is read from a slow disk and compiled. */
const longestLoadMs = 30 * 60_000;

/** Over HTTP a loading holds one of the few threads that answer everybody's requests, for as long as it lasts. */
export const loadCall = { timeoutMs: longestLoadMs, transport: 'grpc' } as const;

interface LoadOptions {
  readonly context: CommandContext;
  readonly words: UpWords;
  readonly models: readonly string[];
}

/** Loads each model, tells when it is ready or why not, and goes on with the others. In the order of `models`. */
export async function loadModels(client: TritonClient, options: LoadOptions): Promise<LoadedModel[]> {
  const { context, words, models } = options;
  const { io, progress } = context;
  const loaded = new Map<string, LoadedModel>();
  const waiting = [...models];
  const current = new Set<string>();
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      current.add(name);
      progress.update(words.loading([...current]), (100 * loaded.size) / models.length);
      const model = await loadModel(client, name, io.signal);
      loaded.set(name, model);
      current.delete(name);
      if (model.ready) progress.done(words.modelReady(name), model.loadMs);
      else warn(context, words.modelFailed(name, model.reason ?? ''));
      if (current.size > 0) progress.update(words.loading([...current]), (100 * loaded.size) / models.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  progress.clear();
  return models.flatMap((name) => loaded.get(name) ?? []);
}

async function loadModel(client: TritonClient, name: string, signal: AbortSignal): Promise<LoadedModel> {
  const began = performance.now();
  const since = () => Math.round(performance.now() - began);
  try {
    await client.load(name, { signal, ...loadCall });
    return { name, ready: true, loadMs: since(), reason: null };
  } catch (error) {
    signal.throwIfAborted();
    if (isServerGone(error)) throw error;
    return { name, ready: false, loadMs: since(), reason: failureReason(error) };
  }
}
