import { describe, it } from 'vitest';
import { scriptedOpenAI } from './__fixtures__/scripted-openai.ts';
import { embeddingModelContract, imageModelContract, languageModelContract } from './index.ts';

// That a provider which many programs rest on passes shows that the contract asks for nothing of its own invention.
const { openai, receivedHeaders } = scriptedOpenAI();

const common = {
  receivedHeaders,
  slow: { headers: { 'x-slow': '60' } },
  failures: [
    { name: 'the request is wrong', options: { headers: { 'x-fail': '400' } }, isRetryable: false, statusCode: 400 },
    { name: 'the server is busy', options: { headers: { 'x-fail': '503' } }, isRetryable: true, statusCode: 503 },
  ],
};
const language = {
  ...common,
  deterministic: true,
  supported: { temperature: 0, topP: 0.5, maxOutputTokens: 50 },
};
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

describe('openai.chat', () => {
  const cases = languageModelContract({ ...language, model: openai.chat('gpt-4.1-mini'), unsupported: { topK: 3 } });
  for (const { name, run } of cases) it(name, run);
});

describe('openai.responses', () => {
  const unsupported = { topK: 3, seed: 7, presencePenalty: 1, frequencyPenalty: 1, stopSequences: ['.'] };
  const cases = languageModelContract({ ...language, model: openai.responses('gpt-4.1-mini'), unsupported });
  for (const { name, run } of cases) it(name, run);
});

describe('openai.image', () => {
  const file = { type: 'file' as const, mediaType: 'image/png', data: png };
  const cases = imageModelContract({
    ...common,
    model: openai.image('gpt-image-1'),
    supported: { size: '1024x1024' },
    unsupported: { aspectRatio: '16:9', seed: 7 },
    edit: { files: [file], mask: file },
  });
  for (const { name, run } of cases) it(name, run);
});

describe('openai.embedding', () => {
  const cases = embeddingModelContract({ ...common, model: openai.embedding('text-embedding-3-small') });
  for (const { name, run } of cases) it(name, run);
});
