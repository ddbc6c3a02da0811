import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { APICallError } from '@ai-sdk/provider';
import { generateImage } from 'ai';
import { afterAll, expect, it } from 'vitest';
import { providerOfTests } from './__fixtures__/providers.ts';

const triton = providerOfTests();
const folder = await mkdtemp(join(tmpdir(), 'atelier-stopping-'));
afterAll(async () => {
  await triton.close();
  await rm(folder, { recursive: true });
});

/** What the model wrote down about how far it came. */
const recordOf = async (file: string) => {
  for (let tries = 0; tries < 100; tries++) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text !== '') return JSON.parse(text);
    await sleep(50);
  }
  throw new Error('the model wrote nothing down');
};

it('stops the painting model when generateImage is aborted', async () => {
  const file = join(folder, 'painting.json');
  const abort = new AbortController();
  const call = generateImage({
    model: triton.imageModel('sd3'),
    prompt: 'a red circle',
    size: '64x64',
    abortSignal: abort.signal,
    headers: { 'atelier-record': file },
    providerOptions: { triton: { steps: 500 } },
  });
  setTimeout(() => abort.abort(), 300);
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  const { step, steps, cancelled } = await recordOf(file);
  expect({ steps, cancelled }).toEqual({ steps: 500, cancelled: true });
  expect(step).toBeLessThan(400);
});

it('stops the speaking model when a stream is left, read or not', async () => {
  const leave = async (read: boolean) => {
    const abort = new AbortController();
    const { stream } = await triton('provider-vqa').doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hello?' }] }],
      headers: { 'x-token-seconds': '0.05' },
      abortSignal: abort.signal,
    });
    const reader = stream.getReader();
    if (read) await reader.read();
    if (read) await reader.cancel();
    else abort.abort();
    await expect.poll(() => triton.client.servers[0]?.outstanding, { timeout: 5_000 }).toBe(0);
  };
  await leave(true);
  await leave(false);
});

it('says that painting needs gRPC where only HTTP is open', async () => {
  const http = providerOfTests({ grpcUrl: false });
  const base = new Uint8Array(
    await (await generateImage({ model: triton.imageModel('sd3'), prompt: 'a cat', size: '64x64' })).image.uint8Array,
  );
  const call = generateImage({ model: http.imageModel('sd3'), prompt: { text: 'a cat', images: [base] } });
  const error = await call.catch((reason: unknown) => reason);
  if (!APICallError.isInstance(error)) throw error;
  expect(error).toMatchObject({ isRetryable: false, data: { code: 'grpc-required' } });
  await http.close();
});
