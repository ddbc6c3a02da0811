import { type LaunchedTriton, launchTriton } from '@atelier/sdk/testing';
import { TritonClient, TritonError } from '@atelier/sdk/triton';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { processOfModel } from './process-group.ts';
import { detection, newPicture, painting, responsesOf } from './requests.ts';

// A server of its own: what is killed here is missed by nobody else.
const { python, repository, cache } = inject('models');
let server: LaunchedTriton;
let client: TritonClient;

beforeAll(async () => {
  server = await launchTriton({
    python,
    repository,
    env: { ATELIER_PROFILE: 'random', ATELIER_CACHE: cache, ATELIER_DEVICE: 'cpu' },
    args: ['--model-control-mode=explicit', '--load-model=owlv2', '--load-model=sd3'],
  });
  client = new TritonClient({ url: server.url, grpcUrl: server.grpcUrl, retry: { attempts: 1 } });
}, 120_000);

afterAll(async () => {
  await client?.close();
  await server?.stop('SIGKILL');
});

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (TritonError.isInstance(error) ? error.code : String(error)),
  );

it('a killed process of a batched model: errors for what it had, a new process, and answers again', async () => {
  const victim = await processOfModel(server.pid, 'owlv2');
  expect(victim).toBeGreaterThan(0);
  const pictures = await Promise.all([...Array(32).keys()].map(() => newPicture(200, 150)));
  const work = pictures.map((picture) => outcomeOf(client.model('owlv2').infer(detection(picture))));
  await Promise.race(work);
  process.kill(Number(victim), 'SIGKILL');
  const outcomes = await Promise.all(work);
  console.log('owlv2 killed:', counted(outcomes));
  expect(outcomes.filter((outcome) => !['answered', 'model-failed', 'server-unavailable'].includes(outcome))).toEqual(
    [],
  );
  await untilAnswered(async () => await client.model('owlv2').infer(detection(await newPicture())));
  expect(await processOfModel(server.pid, 'owlv2')).not.toBe(victim);
  expect(await client.live()).toBe(true);
}, 90_000);

it('a killed process of a streaming model: the stream ends with an error, a new process paints', async () => {
  const victim = await processOfModel(server.pid, 'sd3');
  const stream = client.model('sd3').stream(painting({ STEPS: 200 }));
  let steps = 0;
  const work = outcomeOf(
    (async () => {
      for await (const _ of stream) if (++steps === 2) process.kill(Number(victim), 'SIGKILL');
    })(),
  );
  const patience = new Promise<string>((resolve) => setTimeout(resolve, 30_000, 'nothing came for 30 s').unref());
  const outcome = await Promise.race([work, patience]);
  console.log('sd3 killed:', outcome);
  await untilAnswered(async () => await responsesOf(client, 'sd3', painting({ STEPS: 1 })));
  expect(outcome).toMatch(/model-failed|server-unavailable|connection-lost/);
}, 120_000);

/** The new process needs a while to load its weights; the requests that come first may still be refused. */
async function untilAnswered(ask: () => Promise<unknown>): Promise<void> {
  const giveUp = performance.now() + 60_000;
  for (;;) {
    const outcome = await outcomeOf(ask());
    if (outcome === 'answered') return;
    if (performance.now() > giveUp) throw new Error(`still ${outcome} after a minute`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const counted = (values: readonly string[]) =>
  Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((other) => other === value).length]));
