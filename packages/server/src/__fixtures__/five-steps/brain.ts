import type { LanguageModelV4, LanguageModelV4Prompt, LanguageModelV4StreamPart } from '@ai-sdk/provider';
import { steps } from './steps.ts';

const usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
};

/** How many adjustments a request asks for: "adjust 5". */
const wanted = (text: string): number => Number(/adjust (\d)/.exec(text)?.[1] ?? steps.length);

/**
 * A brain without a model: plans as many adjustments as it was asked for and makes one after the other, each on the result of
 * the one before. A function of what it is sent alone, as a brain behind an API would be.
 */
export const fiveStepBrain = (lastWords = 'All done.'): LanguageModelV4 => ({
  specificationVersion: 'v4',
  provider: 'test',
  modelId: 'five-steps',
  supportedUrls: {},
  doGenerate: () => {
    throw new Error('This brain streams.');
  },
  doStream: async ({ prompt }) => ({ stream: ReadableStream.from(answer(prompt, lastWords)) }),
});

function answer(prompt: LanguageModelV4Prompt, lastWords: string): LanguageModelV4StreamPart[] {
  const begin = prompt.findLastIndex(({ role }) => role === 'user');
  const turn = prompt.slice(begin + 1);
  const asked = JSON.stringify(prompt[begin]?.content ?? '');
  const results = turn.flatMap((message) => (message.role === 'tool' ? message.content : []));
  const chosen = steps.slice(0, wanted(asked));
  if (results.length === 0) {
    const planned = chosen.map(({ operation }) => ({ tool: 'adjust_image', message: operation }));
    return call(0, 'plan', { steps: planned });
  }
  const step = chosen[results.length - 1];
  if (!step) return say(lastWords);
  const image = /img_[0-9a-f]{32}/g;
  // The newest picture: the last result's, or the one that the instructions call the current one.
  const told = results.length > 1 ? JSON.stringify(results.at(-1)) : JSON.stringify(prompt[0]?.content);
  const ids = told.match(image) ?? [];
  const target = results.length > 1 ? ids[0] : ids.at(-1);
  return call(results.length, 'adjust_image', { image: target, ...step, region: 'everything' });
}

const call = (number: number, toolName: string, input: unknown): LanguageModelV4StreamPart[] => [
  { type: 'tool-call', toolCallId: `call_${number}`, toolName, input: JSON.stringify(input) },
  { type: 'finish', usage, finishReason: { unified: 'tool-calls', raw: 'tool_calls' } },
];

const say = (text: string): LanguageModelV4StreamPart[] => [
  { type: 'text-start', id: 't' },
  ...text.split(/(?<= )/).map((delta) => ({ type: 'text-delta' as const, id: 't', delta })),
  { type: 'text-end', id: 't' },
  { type: 'finish', usage, finishReason: { unified: 'stop', raw: 'stop' } },
];
