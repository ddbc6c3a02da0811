import { describe, expect, it } from 'vitest';
import { Image } from '../../image/image.ts';
import { scriptedCalls } from './__fixtures__/scripted-calls.ts';
import { bytes, int32 } from './__fixtures__/tensors.ts';
import { createAsk } from './ask.ts';
import { settingsOf } from './options.ts';
import type { Outputs } from './outputs.ts';

const image = await Image.fromPixels({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3, 255) });
const request = { image, question: 'What is "this"?', language: 'ko' } as const;
const settings = settingsOf({ maxTokens: 20 });
const text = (...deltas: readonly string[]): Outputs[] => deltas.map((delta) => ({ TEXT: bytes(delta) }));
const end = (reason = 'stop'): Outputs => ({ FINISH_REASON: bytes(reason), USAGE: bytes('{}') });

function ask(responses: readonly Outputs[], context = {}) {
  const { calls, asked } = scriptedCalls(responses);
  return { asked, response: createAsk(calls, 'vqa', settings).run(request, context) };
}

describe('the stream of vqa', () => {
  it('is asked for as the contract has it', async () => {
    const { asked, response } = ask([...text('네'), end()]);
    await response;
    const [{ inputs, options }] = asked;
    expect(Object.keys(inputs)).toEqual(['IMAGES', 'MESSAGES', 'MAX_TOKENS', 'TEMPERATURE', 'SEED']);
    const [system, user] = JSON.parse(String(inputs.MESSAGES));
    expect(system).toEqual({ role: 'system', content: expect.stringContaining('Answer in Korean.') });
    expect(user).toEqual({
      role: 'user',
      content: [
        { type: 'image', index: 0 },
        { type: 'text', text: 'What is "this"?' },
      ],
    });
    expect(inputs).toMatchObject({ MAX_TOKENS: 20, TEMPERATURE: 0, SEED: 0n });
    expect(options).toMatchObject({ idempotent: true, binaryInJson: 'base64' });
  });

  it('becomes one answer', async () => {
    const { response } = ask([...text(' A', ' cup', '.'), end()]);
    await expect(response).resolves.toEqual({ answer: 'A cup.' });
  });

  it('may carry its last words with the end', async () => {
    const { response } = ask([...text('A'), { TEXT: bytes(' cup'), ...end('length') }]);
    await expect(response).resolves.toEqual({ answer: 'A cup …' });
  });

  it.each<[string, readonly Outputs[], RegExp]>([
    ['breaks off', text('A', ' cup'), /broke off before its FINISH_REASON/],
    ['is empty', [], /broke off/],
    ['has no words', [...text(' ', '\n'), end()], /with no words/],
    ['was held back', [end('content-filter')], /content filter/],
    ['has text of another datatype', [{ TEXT: int32([1]) }, end()], /TEXT as INT32 instead of BYTES/],
    ['has several texts at once', [{ TEXT: bytes('a', 'b') }, end()], /2 elements in TEXT instead of one/],
    ['has no text in its text', [{ TEXT: bytes() }, end()], /0 elements in TEXT/],
    ['is not UTF-8', [{ TEXT: bytes(Uint8Array.of(0xff, 0xfe)) }, end()], /TEXT that is not UTF-8/],
  ])('is refused when it %s', async (_what, responses, message) => {
    await expect(ask(responses).response).rejects.toMatchObject({
      code: 'response-invalid',
      model: 'vqa',
      message: expect.stringMatching(message),
    });
  });
});
