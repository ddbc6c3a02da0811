import { createTriton, TritonClient } from '@atelier/sdk/triton';
import { generateText } from 'ai';
import { afterAll, expect, inject, it } from 'vitest';
import { type Inputs, newPicture, type Outputs, photo, question, responsesOf, textOf } from './requests.ts';

const { url, grpcUrl } = inject('models');
const client = new TritonClient({ url, grpcUrl });
afterAll(() => client.close());

const coffee = await photo('coffee.png');
const ask = async (inputs: Inputs, transport?: 'http' | 'grpc') =>
  await responsesOf(client, 'vqa', inputs, { transport });
const said = (responses: readonly Outputs[]) => responses.slice(0, -1).map(({ TEXT }) => textOf(TEXT));
const endOf = (responses: readonly Outputs[]) => {
  const last = responses.at(-1);
  return { reason: textOf(last?.FINISH_REASON), usage: JSON.parse(textOf(last?.USAGE)) };
};

it('streams deltas, then the reason and the usage', async () => {
  const responses = await ask(question('What is on the table?', [coffee]));
  const deltas = said(responses);
  expect(deltas.length).toBeGreaterThan(1);
  expect(deltas.every((delta) => delta !== '' && !delta.includes('\uFFFD'))).toBe(true);
  const { reason, usage } = endOf(responses);
  expect(['stop', 'length']).toContain(reason);
  expect(usage.prompt_tokens).toBeGreaterThan(5);
  expect(usage.completion_tokens).toBeGreaterThanOrEqual(deltas.length);
  expect(usage.completion_tokens).toBeLessThanOrEqual(12);
});

it('stops at MAX_TOKENS', async () => {
  const { reason, usage } = endOf(await ask(question('Go on', [], { MAX_TOKENS: 2 })));
  expect(usage.completion_tokens).toBeLessThanOrEqual(2);
  expect(usage.completion_tokens === 2 ? 'length' : 'stop').toBe(reason);
});

it('looks at every picture, in their order', async () => {
  const [a, b] = [await newPicture(64, 64), coffee];
  const ask2 = async (pictures: Uint8Array[]) => await ask(question('Hm?', pictures, { MAX_TOKENS: 24 }));
  const answers = await Promise.all([[], [a, b], [b, a], [a, b, a]].map(ask2));
  const [none, two, turned, three] = answers.map((responses) => endOf(responses).usage.prompt_tokens);
  expect(two).toBeGreaterThan(none);
  expect(turned).toBe(two);
  expect(three).toBeGreaterThan(two);
  expect(said(answers[2]).join('')).not.toBe(said(answers[1]).join(''));
});

it('is greedy at temperature 0, and seeded above it, also beside other answers', async () => {
  const answer = async (more: Inputs) =>
    said(await ask(question('Say something', [], { MAX_TOKENS: 24, ...more }))).join('');
  expect(await answer({ SEED: 1 })).toBe(await answer({ SEED: 2 }));
  const alone = await answer({ TEMPERATURE: 1, SEED: 5 });
  const [beside, ...others] = await Promise.all([5, 6, 7].map((SEED) => answer({ TEMPERATURE: 1, SEED })));
  expect(beside).toBe(alone);
  expect(new Set([alone, ...others]).size).toBe(3);
});

it('says the same over HTTP, with the pictures in base64', async () => {
  const base64 = Buffer.from(coffee).toString('base64');
  const inputs = question('What is it?', [coffee]);
  const overHttp = await ask({ ...inputs, IMAGES: [base64] }, 'http');
  expect(said(overHttp).join('')).toBe(said(await ask(inputs)).join(''));
});

/** Two answers that go on for hundreds of tokens, one for each copy of the model. Resolves once both have begun. */
async function twoLongAnswers(signal?: AbortSignal) {
  const begun: Promise<void>[] = [];
  const ended = ['red ', 'green '].map(async (word) => {
    let resolve = () => {};
    begun.push(
      new Promise((done) => {
        resolve = done;
      }),
    );
    const inputs = question(word.repeat(200), [], { MAX_TOKENS: 4000, TEMPERATURE: 2, SEED: 0 });
    let deltas = 0;
    for await (const _ of client.model('vqa').stream(inputs, { signal })) if (++deltas === 2) resolve();
    return deltas;
  });
  await Promise.race([Promise.all(begun), Promise.all(ended)]);
  return ended;
}

it('stops when the caller is gone', async () => {
  const whole = await twoLongAnswers();
  const beganAt = performance.now();
  const firstEnd = await Promise.race(whole);
  const usual = performance.now() - beganAt;
  expect(firstEnd).toBeGreaterThan(200);
  await Promise.all(whole);

  const controller = new AbortController();
  const cancelled = await twoLongAnswers(controller.signal);
  const cancelledAt = performance.now();
  controller.abort();
  const answer = ask(question('Still there?', [], { MAX_TOKENS: 2 }));
  for (const one of cancelled) await expect(one).rejects.toMatchObject({ name: 'AbortError' });
  expect(endOf(await answer).usage.completion_tokens).toBeGreaterThan(0);
  // Both copies were taken: without the cancellation it waits as long as the first of the whole answers took.
  expect(performance.now() - cancelledAt).toBeLessThan(usual / 3);
});

it('is a language model of the AI SDK', async () => {
  const provider = createTriton({ url, grpcUrl });
  const { text, finishReason, usage } = await generateText({
    model: provider('vqa'),
    maxOutputTokens: 6,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image', image: coffee },
          { type: 'text', text: 'What is this?' },
        ],
      },
    ],
  });
  expect(text.length).toBeGreaterThan(0);
  expect(['stop', 'length']).toContain(finishReason);
  expect(usage.outputTokens).toBeLessThanOrEqual(6);
  await provider.close();
});
