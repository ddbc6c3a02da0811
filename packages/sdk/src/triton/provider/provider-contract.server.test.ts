import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { afterAll, describe, it } from 'vitest';
import {
  embeddingModelContract,
  imageModelContract,
  languageModelContract,
} from '../../testing/provider-contract/index.ts';
import { busyGrpcServer, failingServer, providerOfTests, recordedHeaders } from './__fixtures__/providers.ts';
import { colours, crowd, drawPatches, toPng } from './__fixtures__/shapes.ts';
import { createTriton } from './create-triton.ts';

const triton = providerOfTests();
const busyServer = await failingServer(503);
const busy = createTriton({ url: busyServer.url, grpcUrl: false, retry: { baseDelayMs: 1 } });
// A port that nobody listens at.
const goneServer = await failingServer(500);
await goneServer.close();
const gone = createTriton({ url: goneServer.url, grpcUrl: false, retry: { attempts: 1 } });
// For what goes over gRPC alone.
const busyGrpc = await busyGrpcServer();
const busyOverGrpc = createTriton({ url: busyServer.url, grpcUrl: busyGrpc.url, retry: { attempts: 1 } });
const goneOverGrpc = createTriton({ url: goneServer.url, grpcUrl: goneServer.url, retry: { attempts: 1 } });

afterAll(async () => {
  await Promise.all([triton, busy, gone, busyOverGrpc, goneOverGrpc].map((provider) => provider.close()));
  await Promise.all([busyServer.close(), busyGrpc.close()]);
});

const failures = <Model extends object>(of: (provider: typeof triton, id: string) => Model, id: string) => [
  { name: 'the model does not exist', model: of(triton, 'nobody'), isRetryable: false },
  { name: 'the server is busy', model: of(busy, id), isRetryable: true, statusCode: 503 },
  { name: 'no server answers', model: of(gone, id), isRetryable: true },
];

const picture = await crowd();
const describing: LanguageModelV4Prompt = [
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What do you see?' },
      { type: 'file', mediaType: 'image/png', data: { type: 'data', data: picture } },
    ],
  },
];

describe('triton(vqa) keeps the contract of language models', () => {
  const cases = languageModelContract({
    model: triton('provider-vqa'),
    deterministic: true,
    supported: {
      temperature: 0.5,
      seed: 7,
      maxOutputTokens: 50,
      toolChoice: { type: 'auto' },
      responseFormat: { type: 'text' },
    },
    unsupported: {
      topP: 0.5,
      topK: 3,
      presencePenalty: 1,
      frequencyPenalty: 1,
      stopSequences: ['.'],
      responseFormat: { type: 'json' },
      tools: [{ type: 'function', name: 'weather', inputSchema: { type: 'object' } }],
      reasoning: 'high',
      temperature: 3,
    },
    refused: [
      {
        name: 'tool messages',
        options: {
          prompt: [
            { role: 'user', content: [{ type: 'text', text: 'What is the weather?' }] },
            { role: 'assistant', content: [{ type: 'tool-call', toolCallId: '1', toolName: 'weather', input: {} }] },
            {
              role: 'tool',
              content: [
                { type: 'tool-result', toolCallId: '1', toolName: 'weather', output: { type: 'text', value: 'sun' } },
              ],
            },
          ],
        },
      },
      {
        name: 'a PDF',
        options: {
          prompt: [
            {
              role: 'user',
              content: [{ type: 'file', mediaType: 'application/pdf', data: { type: 'data', data: 'JVBERg==' } }],
            },
          ],
        },
      },
    ],
    slow: { prompt: describing, headers: { 'x-token-seconds': '0.03' } },
    receivedHeaders: () => recordedHeaders('provider-vqa'),
    failures: [
      ...failures((provider, id) => provider(id), 'vqa'),
      { name: 'the model finds the request wrong', options: { maxOutputTokens: 0 }, isRetryable: false },
    ],
  });
  for (const { name, run } of cases) it(name, run);
});

describe('triton.imageModel(sd3) keeps the contract of image models', async () => {
  const small = { size: '64x64', providerOptions: { triton: { steps: 2 } } } as const;
  const cases = imageModelContract({
    model: triton.imageModel('provider-sd3'),
    options: small,
    seeded: true,
    supported: {
      seed: 7,
      size: '128x64',
      providerOptions: { triton: { steps: 2, guidance: 5, negativePrompt: 'blue' } },
    },
    unsupported: { aspectRatio: '16:9', size: '100x60' },
    edit: {
      files: [{ type: 'file', mediaType: 'image/png', data: picture }],
      mask: { type: 'file', mediaType: 'image/png', data: await toPng(maskOfTests()) },
    },
    slow: { providerOptions: { triton: { steps: 500 } } },
    receivedHeaders: () => recordedHeaders('provider-sd3'),
    failures: [
      { name: 'the model does not exist', model: triton.imageModel('nobody'), isRetryable: false },
      { name: 'the server is busy', model: busyOverGrpc.imageModel('sd3'), isRetryable: true },
      { name: 'no server answers', model: goneOverGrpc.imageModel('sd3'), isRetryable: true },
      { name: 'gRPC is not open', model: busy.imageModel('sd3'), isRetryable: false },
    ],
  });
  for (const { name, run } of cases) {
    // The size of an edit is its picture's.
    if (!name.includes('takes the pictures')) it(name, run);
  }
  const [edited] = imageModelContract({
    model: triton.imageModel('provider-sd3'),
    options: { providerOptions: { triton: { steps: 2 } } },
    edit: {
      files: [{ type: 'file', mediaType: 'image/png', data: picture }],
      mask: { type: 'file', mediaType: 'image/png', data: await toPng(maskOfTests()) },
    },
  }).filter(({ name }) => name.includes('takes the pictures'));
  if (edited) it(edited.name, edited.run);
});

const maskOfTests = () =>
  drawPatches(320, 120, [{ x: 10, y: 20, width: 40, height: 40, colour: colours.white }], colours.black);

describe('triton.embeddingModel(clip) keeps the contract of embedding models', () => {
  const cases = embeddingModelContract({
    model: triton.embeddingModel('provider-clip'),
    values: ['a red circle', 'a blue square', 'a house'],
    unsupported: { dimensions: 8 },
    slow: { headers: { 'x-wait': '0.8' } },
    receivedHeaders: () => recordedHeaders('provider-clip'),
    failures: failures((provider, id) => provider.embeddingModel(id), 'clip'),
  });
  for (const { name, run } of cases) it(name, run);
});
