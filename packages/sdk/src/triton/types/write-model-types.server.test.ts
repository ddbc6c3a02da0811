import { expect, inject, it } from 'vitest';
import { TritonClient } from '../client/client.ts';
import { writeModelTypes } from './write-model-types.ts';

const models = ['types-stream', 'types-hostile', 'types-batched'];

// calls.test-d.ts holds the compiler to what this file allows and refuses.
it.each(['http', 'grpc'] as const)('writes the types of a running server, asked over %s', async (transport) => {
  const { url, grpcUrl } = inject('triton');
  await using client = new TritonClient({ url, grpcUrl, transport });
  const configs = await Promise.all(models.map((model) => client.modelConfig(model)));
  await expect(writeModelTypes(configs)).toMatchFileSnapshot('./__fixtures__/server-models.ts');
});
