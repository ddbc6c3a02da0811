import type { ModelMessage } from 'ai';
import { expect, it } from 'vitest';
import { withLatestPictures } from './latest-pictures.ts';

const file = {
  type: 'file' as const,
  mediaType: 'image/png',
  data: { type: 'data' as const, data: new Uint8Array(4) },
};
const result = (id: number): ModelMessage => ({
  role: 'tool',
  content: [
    {
      type: 'tool-result',
      toolCallId: `call_${id}`,
      toolName: 'adjust_image',
      output: { type: 'content', value: [{ type: 'text', text: `{"n":${id}}` }, file] },
    },
  ],
});
const person: ModelMessage = { role: 'user', content: [{ type: 'text', text: 'brighter' }, file] };

it('sends a brain the pictures of the latest four results, all words, and what the person showed', () => {
  const messages = [person, ...Array.from({ length: 7 }, (_, id) => result(id))];
  const sent = withLatestPictures(messages);
  const shows = sent.map((message) => JSON.stringify(message).includes('"file"'));
  expect(shows).toEqual([true, false, false, false, true, true, true, true]);
  expect(sent.map((message) => JSON.stringify(message).match(/n\\":(\d)/)?.[1])).toEqual([
    undefined,
    '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
  ]);
  expect(withLatestPictures(messages.slice(0, 4))).toEqual(messages.slice(0, 4));
});
