import type { TritonClient } from '@atelier/sdk/triton';
import { median } from '../../sdk/bench/triton/statistics.ts';
import { photo, variantOf } from './pictures.ts';
import type { Load, ModelName, Scenario } from './scenario.ts';
import { detection } from './scenarios.ts';
import type { Tensors } from './tensors.ts';
import { timeTriton } from './timing.ts';
import { sizesOf, type TritonWork, workBetween } from './triton-work.ts';

/** Eight requests to owlv2 at once against the same kind of eight in sequence. */
export interface Batching {
  readonly what: string;
  readonly sequenceMs: number;
  readonly atOnceMs: number;
  readonly speedUp: number;
  /** The batches that Triton made of the eight at once, over all rounds. */
  readonly sizes: readonly (readonly [size: number, batches: number])[];
  readonly rounds: number;
}

export interface Throughput {
  readonly model: ModelName;
  readonly what: string;
  readonly atOnce: number;
  readonly requestsPerSecond: number;
  readonly sizes: readonly (readonly [size: number, batches: number])[];
}

const photos = ['coffee.png', 'two-cups.png', 'astronaut.png', 'chelsea.png'];
const eight = 8;

/** Different pictures, from 1 to 8 phrases. Rounds in sequence and at once take turns. */
export async function measureBatching(
  client: TritonClient,
  scenario: Scenario,
  load: Load,
  rounds: number,
): Promise<Batching> {
  const pictures = await Promise.all(photos.map(async (name) => await photo(name, ...load.photo)));
  const requestsOf = (round: number): Tensors[] =>
    Array.from({ length: eight }, (_, index) =>
      detection(
        variantOf(pictures[index % pictures.length] ?? new Uint8Array(), 1e6 + round * eight + index),
        index + 1,
      ),
    );
  const sequence: number[] = [];
  const atOnce: number[] = [];
  const works: TritonWork[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const inSequence = await timed(async () => {
      for (const inputs of requestsOf(2 * round + 2)) await timeTriton(client, scenario, inputs);
    });
    const { work, milliseconds } = await together(client, scenario, requestsOf(2 * round + 3));
    // The first round opens connections and fills the cache of phrases.
    if (round < 0) continue;
    sequence.push(inSequence);
    atOnce.push(milliseconds);
    works.push(work);
  }
  return {
    what: '8 pictures, 1 to 8 phrases',
    sequenceMs: median(sequence),
    atOnceMs: median(atOnce),
    speedUp: median(sequence.map((milliseconds, round) => milliseconds / (atOnce[round] ?? Number.NaN))),
    sizes: sizesOf(works),
    rounds,
  };
}

/** `atOnce` requests at the same time, several times over. */
export async function measureThroughput(
  client: TritonClient,
  scenario: Scenario,
  atOnce: number,
  rounds: number,
): Promise<Throughput> {
  if (scenario.before) await timeTriton(client, scenario, scenario.before);
  const rates: number[] = [];
  const works: TritonWork[] = [];
  for (let round = -1; round < rounds; round += 1) {
    const requests = Array.from({ length: atOnce }, (_, index) => scenario.request(2e6 + (round + 1) * atOnce + index));
    const { work, milliseconds } = await together(client, scenario, requests);
    if (round < 0) continue;
    rates.push((atOnce / milliseconds) * 1000);
    works.push(work);
  }
  const { model, what } = scenario;
  return { model, what, atOnce, requestsPerSecond: median(rates), sizes: sizesOf(works) };
}

async function together(client: TritonClient, scenario: Scenario, requests: readonly Tensors[]) {
  const [before] = await client.statistics({ model: scenario.model });
  const milliseconds = await timed(async () => {
    await Promise.all(requests.map(async (inputs) => await timeTriton(client, scenario, inputs)));
  });
  const [after] = await client.statistics({ model: scenario.model });
  return { milliseconds, work: workBetween(before, after) };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
