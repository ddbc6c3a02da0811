import { TritonClient } from '@atelier/sdk/triton';
import { afterAll, expect, inject, it } from 'vitest';

const served = inject('models');
const client = new TritonClient(served);
afterAll(() => client.close());

it('is ready within 90 s and 6 GB, random weights made on the way', () => {
  console.log(`ready after ${served.readySeconds.toFixed(1)} s, ${(served.memoryBytes / 1e9).toFixed(2)} GB`);
  expect(served.readySeconds).toBeLessThanOrEqual(90);
  expect(served.memoryBytes).toBeLessThanOrEqual(6e9);
});

it('has the five models, and nothing else', async () => {
  const index = await client.repositoryIndex();
  expect(index.map(({ name, state }) => `${name} ${state}`).sort()).toEqual(
    ['clip', 'owlv2', 'sam', 'sd3', 'vqa'].map((name) => `${name} READY`),
  );
});

it('has no queue policy: with one, batches stall for 500 ms', async () => {
  for (const model of ['clip', 'owlv2', 'sam', 'sd3', 'vqa']) {
    const { dynamic_batching } = await client.modelConfig(model);
    expect(Number(Object(dynamic_batching).default_queue_policy?.max_queue_size ?? 0)).toBe(0);
  }
});
