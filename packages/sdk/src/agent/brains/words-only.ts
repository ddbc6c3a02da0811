import type { LanguageModelV4, LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider';
import { wrapLanguageModel } from 'ai';

/** For models that read words only, and whose servers refuse a request with a picture in it: sends the words alone. */
export const withWordsOnly = (model: LanguageModelV4): LanguageModelV4 => {
  const wrapped = wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: 'v4',
      transformParams: async ({ params }) => ({ ...params, prompt: wordsIn(params.prompt) }),
    },
  });
  return Object.assign(wrapped, { takesPictures: false });
};

const wordsIn = (prompt: LanguageModelV4Prompt): LanguageModelV4Prompt =>
  prompt.flatMap((message): LanguageModelV4Message[] => {
    if (message.role === 'tool') return [{ ...message, content: message.content.map(wordsOfResult) }];
    if (message.role !== 'user') return [message];
    // The label of a picture goes with it.
    const isLabel = (index: number): boolean => message.content[index + 1]?.type === 'file';
    const content = message.content.filter(
      (part, index) => part.type === 'text' && !(isLabel(index) && /^\[(image |img_).*\]$/s.test(part.text)),
    );
    return content.length > 0 ? [{ ...message, content }] : [];
  });

type ToolPart = Extract<LanguageModelV4Message, { role: 'tool' }>['content'][number];

function wordsOfResult(part: ToolPart): ToolPart {
  if (part.type !== 'tool-result' || part.output.type !== 'content') return part;
  return { ...part, output: { ...part.output, value: part.output.value.filter(({ type }) => type !== 'file') } };
}
