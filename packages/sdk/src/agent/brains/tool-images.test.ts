import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { MockLanguageModelV4 } from 'ai/test';
import { describe, expect, it } from 'vitest';
import { seesPictures } from './sees-pictures.ts';
import { moveToolImages, withToolImagesInUserMessages } from './tool-images.ts';

const picture = (name: string) => ({
  type: 'file' as const,
  mediaType: 'image/png',
  filename: `img_${name}`,
  data: { type: 'data' as const, data: new Uint8Array([1, 2, 3]) },
});
const result = (id: string, ...pictures: ReturnType<typeof picture>[]) => ({
  type: 'tool-result' as const,
  toolCallId: id,
  toolName: 'detect_objects',
  output: { type: 'content' as const, value: [{ type: 'text' as const, text: `words of ${id}` }, ...pictures] },
});
const words = (id: string) => ({ toolCallId: id, output: { type: 'text', value: `words of ${id}` } });
const tool = (...content: ReturnType<typeof result>[]): LanguageModelV4Message => ({ role: 'tool', content });
const says = (role: 'user' | 'assistant', text: string): LanguageModelV4Message => ({
  role,
  content: [{ type: 'text', text }],
});

describe('moveToolImages', () => {
  it('puts the pictures of parallel calls after all their results, each under its call and id', () => {
    const prompt: LanguageModelV4Prompt = [
      says('user', 'go'),
      says('assistant', 'looking'),
      tool(result('a', picture('a')), result('b', picture('b'))),
      tool(result('c')),
      says('assistant', 'more'),
      tool(result('d', picture('d'))),
    ];
    expect(moveToolImages(prompt)).toMatchObject([
      { role: 'user' },
      { role: 'assistant' },
      { role: 'tool', content: [words('a'), words('b')] },
      { role: 'tool', content: [words('c')] },
      {
        role: 'user',
        content: [
          { type: 'text', text: '[img_a: shown by detect_objects, call a]' },
          { type: 'file', filename: 'img_a' },
          { type: 'text', text: '[img_b: shown by detect_objects, call b]' },
          { type: 'file', filename: 'img_b' },
        ],
      },
      { role: 'assistant' },
      { role: 'tool', content: [words('d')] },
      { role: 'user', content: [{ type: 'text' }, { type: 'file', filename: 'img_d' }] },
    ]);
  });

  it('puts them into the message of the person that follows, before its words', () => {
    const moved = moveToolImages([tool(result('a', picture('a'))), says('user', 'and now?')]);
    expect(moved).toHaveLength(2);
    expect(moved[1]).toMatchObject({ role: 'user', content: [{}, { filename: 'img_a' }, { text: 'and now?' }] });
  });

  it('leaves everything else as it is, also when done twice', () => {
    const error = { ...result('e'), output: { type: 'error-text' as const, value: 'no' } };
    const prompt: LanguageModelV4Prompt = [
      { role: 'system', content: 's' },
      { role: 'tool', content: [error] },
    ];
    expect(moveToolImages(prompt)).toEqual(prompt);
    const once = moveToolImages([says('user', 'go'), tool(result('a', picture('a')))]);
    expect(moveToolImages(once)).toEqual(once);
  });
});

describe('withToolImagesInUserMessages', () => {
  it('changes what the model is sent, keeps what it is, and whether it sees', async () => {
    const model = new MockLanguageModelV4({
      provider: 'here.chat',
      modelId: 'm',
      doGenerate: async () => {
        throw new Error('end');
      },
    });
    const wrapped = withToolImagesInUserMessages(model);
    expect(wrapped).toMatchObject({ provider: 'here.chat', modelId: 'm' });
    await expect(wrapped.doGenerate({ prompt: [tool(result('a', picture('a')))] })).rejects.toThrow('end');
    expect(model.doGenerateCalls[0]?.prompt.map(({ role }) => role)).toEqual(['tool', 'user']);
    expect(seesPictures(wrapped)).toBe(true);
    expect(seesPictures(withToolImagesInUserMessages(Object.assign(model, { seesPictures: false })))).toBe(false);
  });
});
