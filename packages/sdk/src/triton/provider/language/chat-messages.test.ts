import { UnsupportedFunctionalityError } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { toChat } from './chat-messages.ts';

const png = (data: string) => ({
  type: 'file' as const,
  mediaType: 'image/png',
  data: { type: 'data' as const, data },
});
const text = (words: string) => ({ type: 'text' as const, text: words });

describe('a prompt as MESSAGES', () => {
  it('keeps roles, order and words, and numbers the pictures', () => {
    const chat = toChat([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [png('one'), text('What is this?')] },
      { role: 'assistant', content: [text('A '), text('cat.')] },
      { role: 'user', content: [text('And these?'), png('two'), png('three')] },
    ]);
    expect(chat.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'image', index: 0 }, text('What is this?')] },
      { role: 'assistant', content: 'A cat.' },
      { role: 'user', content: [text('And these?'), { type: 'image', index: 1 }, { type: 'image', index: 2 }] },
    ]);
    expect(chat.pictures).toEqual(['one', 'two', 'three']);
    expect(chat.warnings).toEqual([]);
  });

  it('takes text documents as text, and tells of reasoning that is left out', () => {
    const document = {
      type: 'file' as const,
      mediaType: 'text/plain',
      data: { type: 'text' as const, text: 'A list.' },
    };
    const chat = toChat([
      { role: 'user', content: [document] },
      { role: 'assistant', content: [{ type: 'reasoning', text: 'Hm.' }, text('Yes.')] },
      { role: 'user', content: [text('Go on.')] },
    ]);
    expect(chat.messages.map(({ content }) => content)).toEqual([[text('A list.')], 'Yes.', [text('Go on.')]]);
    expect(chat.warnings).toMatchObject([{ type: 'other' }]);
  });

  const call = { type: 'tool-call' as const, toolCallId: '1', toolName: 'x', input: {} };
  const reference = {
    type: 'file' as const,
    mediaType: 'image/png',
    data: { type: 'reference' as const, reference: { openai: 'file-1' } },
  };
  it.each([
    ['tool calls', [{ role: 'assistant' as const, content: [call] }]],
    ['tool messages', [{ role: 'tool' as const, content: [] }]],
    [
      'files that are no pictures',
      [{ role: 'user' as const, content: [{ ...png('x'), mediaType: 'application/pdf' }] }],
    ],
    ['files of other providers', [{ role: 'user' as const, content: [reference] }]],
    ['a prompt that ends with the assistant', [{ role: 'assistant' as const, content: [text('Once upon a time')] }]],
    ['an empty prompt', []],
  ])('refuses %s', (_, prompt) => {
    expect(() => toChat(prompt)).toThrow(UnsupportedFunctionalityError);
  });
});
