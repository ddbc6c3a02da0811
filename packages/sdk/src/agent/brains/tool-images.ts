import type {
  LanguageModelV4,
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4TextPart,
  LanguageModelV4ToolResultPart,
} from '@ai-sdk/provider';
import { wrapLanguageModel } from 'ai';
import { withTraits } from './sees-pictures.ts';

type UserPart = LanguageModelV4TextPart | LanguageModelV4FilePart;

/**
 * For models behind chat completions, whose tool messages hold text only: pictures in tool results would be sent as text, in
 * base64. Here the results keep their words, and the pictures follow in one user message after all results of the turn.
 */
export function withToolImagesInUserMessages(model: LanguageModelV4): LanguageModelV4 {
  const wrapped = wrapLanguageModel({
    model,
    middleware: {
      specificationVersion: 'v4',
      transformParams: async ({ params }) => ({ ...params, prompt: moveToolImages(params.prompt) }),
    },
  });
  return withTraits(wrapped, model);
}

/** Whether a model is one that needs it: the AI SDK names the providers of chat completions `NAME.chat`. */
export const takesWordsFromToolsOnly = ({ provider }: LanguageModelV4): boolean => provider.endsWith('.chat');

/** The prompt with every picture of a tool's result in a user message after that turn's results. */
export function moveToolImages(prompt: LanguageModelV4Prompt): LanguageModelV4Prompt {
  const messages: LanguageModelV4Message[] = [];
  let waiting: UserPart[] = [];
  const place = (next?: Extract<LanguageModelV4Message, { role: 'user' }>): void => {
    // Into the user message that follows, where one does: some servers take no two in a row.
    if (next) messages.push(waiting.length > 0 ? { ...next, content: [...waiting, ...next.content] } : next);
    else if (waiting.length > 0) messages.push({ role: 'user', content: waiting });
    waiting = [];
  };
  for (const message of prompt) {
    if (message.role === 'tool') {
      const content = message.content.map((part) => {
        if (part.type !== 'tool-result') return part;
        const { result, pictures } = split(part);
        waiting.push(...pictures);
        return result;
      });
      messages.push({ ...message, content });
    } else if (message.role === 'user') {
      place(message);
    } else {
      place();
      messages.push(message);
    }
  }
  place();
  return messages;
}

function split(part: LanguageModelV4ToolResultPart): {
  readonly result: LanguageModelV4ToolResultPart;
  readonly pictures: UserPart[];
} {
  const { output } = part;
  if (output.type !== 'content' || output.value.some(({ type }) => type === 'custom')) {
    return { result: part, pictures: [] };
  }
  const words: string[] = [];
  const pictures: UserPart[] = [];
  for (const piece of output.value) {
    if (piece.type === 'text') words.push(piece.text);
    if (piece.type !== 'file') continue;
    const id = piece.filename ?? 'picture';
    const label = `[${id}: shown by ${part.toolName}, call ${part.toolCallId}]`;
    pictures.push({ type: 'text', text: label }, piece);
  }
  return { result: { ...part, output: { type: 'text', value: words.join('\n') } }, pictures };
}
