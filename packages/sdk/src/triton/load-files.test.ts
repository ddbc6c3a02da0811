import { expect, it } from 'vitest';
import { createGrpcTransport } from './grpc/grpc-transport.ts';
import { createHttpTransport } from './http/http-transport.ts';
import { loadFiles } from './load-files.ts';

const files = { '1/model.py': Buffer.from('x = 1') };
const refusal = { code: 'invalid-input', model: 'm', message: expect.stringContaining('without its config') };

it('are those given, with a config', () => {
  expect(loadFiles('m', { config: {}, files })).toEqual([['1/model.py', files['1/model.py']]]);
  expect(loadFiles('m', { config: {} })).toEqual([]);
  expect(loadFiles('m', { files: {} })).toEqual([]);
  expect(loadFiles('m', {})).toEqual([]);
});

it.each([
  ['http', createHttpTransport],
  ['grpc', createGrpcTransport],
] as const)('are refused without one before anything is sent over %s', async (_, create) => {
  expect(() => loadFiles('m', { files })).toThrow(expect.objectContaining(refusal));
  const transport = create({ url: 'http://127.0.0.1:9' });
  const loading = transport.load('m', { files }, { timeoutMs: 1_000, headers: {} });
  await expect(loading).rejects.toMatchObject(refusal);
  await transport.close();
});
