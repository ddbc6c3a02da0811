import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TritonClient } from '@atelier/sdk/triton';
import { type LaunchedTriton, launchTriton } from '@atelier/sdk/triton/launch';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { type HealingEvent, supervise } from './supervise.ts';

const { python } = inject('triton');

/** Echoes. What the file beside it says happens when it is loaded. */
const model = `
import time
from pathlib import Path
import triton_python_backend_utils as pb_utils

class TritonPythonModel:
    def initialize(self, args):
        mood = Path(__file__).with_name("mood").read_text()
        if mood == "broken":
            raise ImportError("the weights are gone")
        if mood == "slow":
            time.sleep(4)

    def execute(self, requests):
        inputs = [pb_utils.get_input_tensor_by_name(request, "IN").as_numpy() for request in requests]
        return [pb_utils.InferenceResponse([pb_utils.Tensor("OUT", value)]) for value in inputs]
`;

const config = (instances: number) => `backend: "python"
input [{ name: "IN" data_type: TYPE_FP32 dims: [ -1 ] }]
output [{ name: "OUT" data_type: TYPE_FP32 dims: [ -1 ] }]
instance_group [{ kind: KIND_CPU count: ${instances} }]
`;

let repository = '';
let server: LaunchedTriton;
let client: TritonClient;
const connect = () => new TritonClient({ url: server, retry: { attempts: 1 }, healthCheckMs: 0 });

beforeAll(async () => {
  repository = await mkdtemp(join(tmpdir(), 'atelier-supervise-'));
  for (const [name, instances] of [
    ['steady', 1],
    ['moody', 1],
    ['twins', 2],
  ] as const) {
    await mkdir(join(repository, name, '1'), { recursive: true });
    await writeFile(join(repository, name, 'config.pbtxt'), config(instances));
    await writeFile(join(repository, name, '1', 'model.py'), model);
    await setMood(name, 'good');
  }
  server = await launchTriton({
    python,
    repository,
    args: ['--model-control-mode=explicit', '--load-model=*', '--disable-auto-complete-config'],
  });
  client = connect();
});
afterAll(async () => {
  await client.close();
  await server.stop('SIGKILL');
  await rm(repository, { recursive: true, force: true });
});

const setMood = (name: string, mood: 'good' | 'broken' | 'slow') =>
  writeFile(join(repository, name, '1', 'mood'), mood);

const supervision = { stop: async () => {} };
afterEach(() => supervision.stop());

/** Looks every 50 ms; what is told is in the list. */
function watch(): HealingEvent[] {
  const stopping = new AbortController();
  const events: HealingEvent[] = [];
  const { signal } = stopping;
  const tell = (event: HealingEvent) => void events.push(event);
  const ended = supervise({ server, connect, tell, signal, everyMs: 50, pauseMs: 50 });
  supervision.stop = () => {
    stopping.abort();
    return ended;
  };
  return events;
}

/** Ends one worker of a model that was seen alive. */
async function killWorker(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  const worker = (await server.workers()).find((one) => one.model === name && one.end === undefined);
  if (worker === undefined) throw new Error(`${name} has no worker`);
  process.kill(worker.pid, signal);
}

const answer = (name: string) => client.model(name).infer({ IN: { shape: [1], data: new Float32Array([2]) } });

const until = (events: readonly HealingEvent[], expected: readonly object[]) =>
  expect.poll(() => events, { timeout: 20_000, interval: 20 }).toMatchObject(expected);

it('loads a model anew whose process was killed, while the other never stops answering', async () => {
  const events = watch();
  await killWorker('moody', 'SIGSEGV');
  let answers = 0;
  while (events.at(-1)?.kind !== 'back') {
    await answer('steady');
    answers += 1;
  }
  expect(answers).toBeGreaterThan(10);
  expect(events).toMatchObject([
    { kind: 'died', model: 'moody', end: { signal: 'SIGSEGV', code: null }, outOfMemory: false },
    { kind: 'back', model: 'moody' },
  ]);
  await answer('moody');
});

it('restarts a model at most 3 times, also one of several instances, and then leaves it unloaded', async () => {
  const events = watch();
  const expected: object[] = [];
  for (const end of ['back', 'back', 'back', 'given-up']) {
    await killWorker('twins');
    expected.push({ kind: 'died', end: { signal: 'SIGKILL' } }, { kind: end, model: 'twins' });
    await until(events, expected);
  }
  await expect(answer('twins')).rejects.toMatchObject({ code: 'model-not-ready' });
  await answer('steady');
  await answer('moody');
});

it('says why a model cannot be loaded again, and tries again', async () => {
  const events = watch();
  await setMood('moody', 'broken');
  await killWorker('moody');
  await until(events, [{ kind: 'died' }, { kind: 'failed', reason: 'ImportError: the weights are gone' }]);
  await setMood('moody', 'good');
  await expect.poll(() => events.at(-1)?.kind, { timeout: 20_000 }).toMatch(/back|given-up/);
  await answer('moody');
});

it('leaves a model alone that somebody unloads', async () => {
  const events = watch();
  await answer('moody');
  await client.unload('moody');
  await expect
    .poll(async () => (await server.workers()).map((one) => one.model), { timeout: 10_000 })
    .toEqual(['steady']);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(events).toEqual([]);
  await client.load('moody');
});

it('stops while a model is loaded anew, and so does the server', async () => {
  const events = watch();
  await setMood('moody', 'slow');
  await killWorker('moody');
  await until(events, [{ kind: 'died' }]);
  await expect.poll(async () => isLoading('moody'), { timeout: 10_000 }).toBe(true);
  await client.close();
  const began = performance.now();
  await supervision.stop();
  expect(performance.now() - began).toBeLessThan(2000);
  // It waits for the loading, and for 10 s at most.
  await server.stop();
  expect(performance.now() - began).toBeLessThan(12_000);
  expect(events).toMatchObject([{ kind: 'died' }]);
});

async function isLoading(name: string): Promise<boolean> {
  const index = await client.repositoryIndex();
  return index.some((entry) => entry.name === name && entry.state === 'LOADING');
}
