import { embed } from 'ai';
import { afterAll, expect, it } from 'vitest';
import { failingServer } from './__fixtures__/providers.ts';
import { createTriton } from './create-triton.ts';

const server = await failingServer(503);
afterAll(() => server.close());

it.each([
  ['multiply those of the AI SDK', {}, 1, 6],
  ['are left to the AI SDK with attempts: 1', { retry: { attempts: 1 } }, 1, 2],
  ['are left to the client with maxRetries: 0', {}, 0, 3],
])('the retries of the client %s', async (_what, settings, maxRetries, sent) => {
  const triton = createTriton({ url: server.url, grpcUrl: false, ...settings });
  const before = server.received();
  await expect(embed({ model: triton.embeddingModel('clip'), value: 'a cat', maxRetries })).rejects.toThrow('503');
  expect(server.received() - before).toBe(sent);
  await triton.close();
});
