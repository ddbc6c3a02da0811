import type { AssistantModelMessage, ModelMessage, ToolModelMessage, UserModelMessage } from 'ai';

/**
 * Messages as they are kept: the words and ids stay, the pixels go, be they of a person's message or of a tool's result.
 * Pictures are kept once, by their ids, among the session's assets.
 */
export const withoutPictures = (messages: readonly ModelMessage[]): ModelMessage[] => messages.map(withoutPicture);

function withoutPicture(message: ModelMessage): ModelMessage {
  if (message.role === 'tool') return { ...message, content: message.content.map(wordsOfTool) };
  if (message.role === 'user') return { ...message, content: wordsOfPerson(message.content) };
  if (message.role === 'assistant') return { ...message, content: wordsOfBrain(message.content) };
  return message;
}

const wordsOfPerson = (content: UserModelMessage['content']): UserModelMessage['content'] =>
  typeof content === 'string' ? content : content.filter(({ type }) => type === 'text');

const wordsOfBrain = (content: AssistantModelMessage['content']): AssistantModelMessage['content'] =>
  typeof content === 'string' ? content : content.filter(({ type }) => type !== 'file' && type !== 'reasoning-file');

function wordsOfTool(part: ToolModelMessage['content'][number]): ToolModelMessage['content'][number] {
  if (part.type !== 'tool-result' || part.output.type !== 'content') return part;
  return { ...part, output: { ...part.output, value: part.output.value.filter(({ type }) => type === 'text') } };
}
