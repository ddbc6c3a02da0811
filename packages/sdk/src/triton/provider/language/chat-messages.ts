import {
  type LanguageModelV4FilePart,
  type LanguageModelV4Message,
  type LanguageModelV4Prompt,
  type SharedV4Warning,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider';
import { getTopLevelMediaType } from '@ai-sdk/provider-utils';

/** A picture of the prompt, not read yet. */
export type PictureData = Uint8Array | string | URL;

export type ChatPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly index: number };

/** One of MESSAGES. */
export interface ChatMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string | readonly ChatPart[];
}

export interface Chat {
  readonly messages: readonly ChatMessage[];
  /** In the order of their indices. */
  readonly pictures: readonly PictureData[];
  readonly warnings: readonly SharedV4Warning[];
}

const unsupported = (functionality: string): UnsupportedFunctionalityError =>
  new UnsupportedFunctionalityError({
    functionality,
    message: `Models on Triton's vqa contract do not support ${functionality}.`,
  });

/**
 * The prompt as the vqa contract has it. Throws `UnsupportedFunctionalityError` for what would change the meaning if it were
 * dropped: tool calls and results, files that are no pictures, a prompt that does not end with the user.
 */
export function toChat(prompt: LanguageModelV4Prompt): Chat {
  const pictures: PictureData[] = [];
  const warnings: SharedV4Warning[] = [];
  const messages = prompt.map((message) => toMessage(message, pictures, warnings));
  if (messages.at(-1)?.role !== 'user') throw unsupported('prompts that do not end with a user message');
  return { messages, pictures, warnings };
}

function toMessage(message: LanguageModelV4Message, pictures: PictureData[], warnings: SharedV4Warning[]): ChatMessage {
  if (message.role === 'system') return { role: 'system', content: message.content };
  if (message.role === 'tool') throw unsupported('tool messages');
  if (message.role === 'assistant') return { role: 'assistant', content: assistantText(message.content, warnings) };
  const content = message.content.map((part): ChatPart => {
    if (part.type === 'text') return { type: 'text', text: part.text };
    if (part.data.type === 'text') return { type: 'text', text: part.data.text };
    return { type: 'image', index: pictures.push(pictureData(part)) - 1 };
  });
  return { role: 'user', content };
}

type AssistantContent = Extract<LanguageModelV4Message, { role: 'assistant' }>['content'];

function assistantText(content: AssistantContent, warnings: SharedV4Warning[]): string {
  return content
    .map((part) => {
      if (part.type === 'text') return part.text;
      if (part.type !== 'reasoning') throw unsupported(`assistant parts of type ${part.type}`);
      warnings.push({ type: 'other', message: 'Earlier reasoning is not sent to the model.' });
      return '';
    })
    .join('');
}

/** What a file part holds, where it is a picture. */
export function pictureData({ data, mediaType }: LanguageModelV4FilePart): PictureData {
  if (getTopLevelMediaType(mediaType.toLowerCase()) !== 'image') throw unsupported(`files of type ${mediaType}`);
  if (data.type === 'data') return data.data;
  if (data.type === 'url') return data.url;
  throw unsupported(`file data of type ${data.type}`);
}
