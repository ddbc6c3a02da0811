import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { env, ready, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { AtelierError } from '@atelier/sdk/errors';

export type ModelName = 'centernet' | 'blazeface';

const loaded = new Map<ModelName, Promise<GraphModel>>();
let started: Promise<void> | undefined;

/** The model, loaded once per thread. Throws `backend-failed` where its files are missing. */
export function model(name: ModelName): Promise<GraphModel> {
  const known = loaded.get(name);
  if (known) return known;
  const loading = load(name).catch((cause: unknown) => {
    loaded.delete(name);
    throw new AtelierError({
      code: 'backend-failed',
      message: `The local ${name} model could not be loaded.`,
      hint: 'Install the packages again: the models come with @vladmandic/human, the engine with @tensorflow/tfjs-backend-wasm.',
      cause,
    });
  });
  loaded.set(name, loading);
  return loading;
}

async function load(name: ModelName): Promise<GraphModel> {
  started ??= start().catch((error: unknown) => {
    started = undefined;
    throw error;
  });
  await started;
  // The package exports its code only; the models lie beside the folder of its entry.
  const entry = createRequire(import.meta.url).resolve('@vladmandic/human');
  const file = path.join(path.dirname(entry), '..', 'models', name);
  const [topology, weights] = await Promise.all([readFile(`${file}.json`, 'utf8'), readFile(`${file}.bin`)]);
  const { modelTopology, signature, weightsManifest } = JSON.parse(topology);
  const weightData = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength);
  return await loadGraphModel({
    load: async () => ({ modelTopology, signature, weightSpecs: weightsManifest[0].weights, weightData }),
  });
}

/** In Node the engine reads its .wasm file from beside its own code, so it needs neither a path nor a network. */
async function start(): Promise<void> {
  // Its threads would be more workers inside a worker, for pictures this small at no gain.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const before = new Set(process.listeners('uncaughtException'));
  const beforeRejection = new Set(process.listeners('unhandledRejection'));
  // The engine reports a failed start by `false`, and would go on without a backend.
  if (!(await setBackend('wasm'))) throw new Error('The wasm engine of TensorFlow.js did not start.');
  await ready();
  // The engine's loader hooks into the whole process to rethrow what nobody caught; a library has no business there.
  // Nobody else adds listeners meanwhile: this runs in a worker thread of ours.
  for (const listener of process.listeners('uncaughtException')) {
    if (!before.has(listener)) process.removeListener('uncaughtException', listener);
  }
  for (const listener of process.listeners('unhandledRejection')) {
    if (!beforeRejection.has(listener)) process.removeListener('unhandledRejection', listener);
  }
}
