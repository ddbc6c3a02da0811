import { APICallError } from '@ai-sdk/provider';
import { generateText, streamText, type UserModelMessage } from 'ai';
import { afterAll, describe, expect, it } from 'vitest';
import { AtelierError } from '../../errors/atelier-error.ts';
import { ModelNotFoundError } from '../errors.ts';
import { providerOfTests } from './__fixtures__/providers.ts';
import { colours, drawPatches, toPng } from './__fixtures__/shapes.ts';

const triton = providerOfTests();
afterAll(() => triton.close());

const squares = (count: number, colour: 'red' | 'blue') =>
  toPng(
    drawPatches(
      256,
      96,
      Array.from({ length: count }, (_, index) => ({
        x: 16 + index * 72,
        y: 24,
        width: 48,
        height: 48,
        colour: colours[colour],
      })),
    ),
  );
const ask = (text: string, ...images: Uint8Array[]): UserModelMessage[] => [
  {
    role: 'user',
    content: [{ type: 'text', text }, ...images.map((data) => ({ type: 'file' as const, mediaType: 'image', data }))],
  },
];

describe('generateText on triton(vqa)', () => {
  it('answers about a picture, with reason, usage and an id', async () => {
    const result = await generateText({
      model: triton('vqa'),
      messages: ask('How many red squares?', await squares(3, 'red')),
    });
    expect(result.text).toBe('There are 3 red squares.');
    expect(result.finishReason).toBe('stop');
    expect(result.rawFinishReason).toBe('stop');
    expect(result.usage.inputTokens).toBe(4 + 64);
    expect(result.usage.outputTokens).toBe(5);
    expect(result.response.modelId).toBe('vqa');
    expect(result.warnings).toEqual([]);
  });

  it('takes several pictures, instructions, and what was said before', async () => {
    const images = [await squares(2, 'blue'), await squares(1, 'blue')];
    const { text } = await generateText({
      model: triton('vqa'),
      instructions: 'Answer in Korean.',
      messages: [
        ...ask('Look.', images[0] ?? new Uint8Array()),
        { role: 'assistant', content: 'I looked.' },
        ...ask('How many blue squares?', images[1] ?? new Uint8Array()),
      ],
    });
    expect(text).toBe('파란 사각형 1개가 있습니다.');
  });

  it('stops at maxOutputTokens', async () => {
    const { text, finishReason } = await generateText({
      model: triton('vqa'),
      maxOutputTokens: 2,
      messages: ask('How many red squares?', await squares(3, 'red')),
    });
    expect([text, finishReason]).toEqual(['There are', 'length']);
  });

  it('follows seed and temperature', async () => {
    const messages = ask('How many red squares?', await squares(3, 'red'));
    const say = async (seed: number) =>
      (await generateText({ model: triton('vqa'), temperature: 1, seed, messages })).text;
    expect(await say(1)).toBe('I count 3 red squares.');
    expect(await say(2)).toBe('I can see 3 red squares.');
    for (const seed of [-3, 2 ** 53]) await expect(say(seed)).rejects.toThrow('from 0 to 2^53 - 1');
  });

  it('works over HTTP alone, with pictures in base64', async () => {
    const { url } = triton.client.servers[0] ?? { url: '' };
    const http = providerOfTests({ url, grpcUrl: false });
    const { text } = await generateText({
      model: http('vqa'),
      messages: ask('How many red squares?', await squares(2, 'red')),
    });
    expect(text).toBe('There are 2 red squares.');
    await http.close();
  });

  it('fails with an APICallError that names the model, holds the TritonError and none of the picture', async () => {
    const image = await squares(1, 'red');
    const failed = generateText({ model: triton('nobody'), maxRetries: 0, messages: ask('What?', image) });
    const error = await failed.catch((reason: unknown) => reason);
    if (!APICallError.isInstance(error)) throw error;
    expect(error).toMatchObject({ isRetryable: false, data: { code: 'model-not-found' } });
    expect(error.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v2\/models\/nobody$/);
    expect(error.cause).toBeInstanceOf(ModelNotFoundError);
    expect(JSON.stringify(error)).not.toContain(Buffer.from(image).toString('base64').slice(0, 40));
  });

  it('tells what is wrong with a picture that cannot be read', async () => {
    const failed = generateText({
      model: triton('vqa'),
      messages: ask('What?', new TextEncoder().encode('%PDF-1.7')),
    });
    await expect(failed).rejects.toSatisfy((error) => AtelierError.isInstance(error) && error.code === 'image-invalid');
  });

  it('does not fetch addresses that reach the model itself', async () => {
    const url = new URL('http://127.0.0.1:9/a.png');
    const call = triton('vqa').doGenerate({
      prompt: [{ role: 'user', content: [{ type: 'file', mediaType: 'image/png', data: { type: 'url', url } }] }],
    });
    await expect(call).rejects.toMatchObject({ code: 'not-allowed' });
  });
});

describe('streamText on triton(vqa)', () => {
  it('streams word by word', async () => {
    const result = streamText({
      model: triton('vqa'),
      messages: ask('How many red squares?', await squares(3, 'red')),
    });
    const deltas: string[] = [];
    for await (const delta of result.textStream) deltas.push(delta);
    expect(deltas).toEqual(['There', ' are', ' 3', ' red', ' squares.']);
    expect((await result.usage).outputTokens).toBe(5);
  });

  it('stops the model when the reader leaves', async () => {
    const { stream } = await triton('provider-vqa').doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hello?' }] }],
      headers: { 'x-token-seconds': '0.05' },
    });
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel();
    // The client knows of no call under way any more.
    await expect.poll(() => triton.client.servers[0]?.outstanding, { timeout: 5_000 }).toBe(0);
  });
});
