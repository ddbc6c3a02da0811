import { TritonClient, TritonError } from '@atelier/sdk/triton';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { detection, type Inputs, newPicture, painting, question, responsesOf, segmentation } from './requests.ts';

const { url, grpcUrl } = inject('models');
// One server, and what it refuses is what is counted.
const client = new TritonClient({ url, grpcUrl, retry: { attempts: 1 } });
afterAll(() => client.close());

const requests: Readonly<Record<string, (index: number) => Promise<Inputs>>> = {
  owlv2: async (index) => detection(await newPicture(), { PHRASES: Array(1 + (index % 7)).fill('a thing') }),
  sam: async () => segmentation(await newPicture()),
  clip: async (index): Promise<Inputs> =>
    index % 2 === 0 ? { TEXTS: [`text ${index}`] } : { IMAGES: [await newPicture()] },
  sd3: async (index) => painting({ STEPS: 2, SEED: index }),
  vqa: async (index) => question(`Question ${index}`, [], { MAX_TOKENS: 3 }),
};

const run = async (model: string, inputs: Inputs) =>
  model === 'sd3' || model === 'vqa'
    ? await responsesOf(client, model, inputs)
    : [await client.model(model).infer(inputs)];

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => (TritonError.isInstance(error) ? error.code : String(error)),
  );

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

describe('64 requests at once', () => {
  it.each(['owlv2', 'sam', 'clip'])('%s answers them all', async (model) => {
    const asked = await Promise.all([...Array(64).keys()].map(requests[model]));
    const answers = await Promise.all(asked.map((inputs) => run(model, inputs)));
    expect(answers.flat()).toHaveLength(64);
  });

  it.each(['sd3', 'vqa'])('%s answers what its queue takes, and says 503 to the rest at once', async (model) => {
    const asked = await Promise.all([...Array(64).keys()].map(requests[model]));
    const began = performance.now();
    const ends: Record<string, number[]> = {};
    const outcomes = await Promise.all(
      asked.map(async (inputs) => {
        const outcome = await outcomeOf(run(model, inputs));
        ends[outcome] = [...(ends[outcome] ?? []), performance.now() - began];
        return outcome;
      }),
    );
    const answered = outcomes.filter((outcome) => outcome === 'answered').length;
    // The queue, and what was running.
    expect(answered).toBeGreaterThanOrEqual(model === 'sd3' ? 16 : 32);
    expect(answered).toBeLessThan(64);
    expect(new Set(outcomes)).toEqual(new Set(['answered', 'server-unavailable']));
    // Told while the others still wait.
    expect(median(ends['server-unavailable'])).toBeLessThan(Math.max(...ends.answered));
  });
});

it('requests that follow each other closely do not wait for the batcher', async () => {
  const picture = await newPicture();
  const slow: number[] = [];
  for (let round = 0; round < 12; round += 1) {
    const began = performance.now();
    await Promise.all([...Array(12).keys()].map((index) => run('clip', { TEXTS: [`round ${round} text ${index}`] })));
    slow.push(performance.now() - began);
  }
  await run('owlv2', detection(picture));
  // With a queue policy most of these rounds take 500 ms or 1 s, at whatever load.
  expect(slow.sort((a, b) => a - b)[6]).toBeLessThan(450);
});

it('detection is not starved by paintings that run and wait', async () => {
  const paintings = [...Array(6).keys()].map((SEED) => run('sd3', painting({ STEPS: 100, SEED })));
  let painted = 0;
  for (const work of paintings) void work.then(() => (painted += 1));
  for (let index = 0; index < 5; index += 1) await run('owlv2', await requests.owlv2(index));
  // Had they been served in turn, all paintings would be done.
  expect(painted).toBeLessThan(6);
  await Promise.all(paintings);
});
