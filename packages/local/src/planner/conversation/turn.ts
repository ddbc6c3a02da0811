import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import { readToolOutput, type ToolOutcome } from './tool-output.ts';

/** One tool call that has an answer. */
export interface Exchange {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly outcome: ToolOutcome;
}

/** What the last user message asks, and what has happened since. */
export interface Turn {
  /** The person's own words, without the notes about pictures that hosts add. */
  readonly request: string;
  readonly exchanges: readonly Exchange[];
  /** Tells this turn's tool calls from earlier ones: how many messages came before them. */
  readonly number: number;
}

/** Reads the last turn of a conversation. */
export function readTurn(prompt: LanguageModelV4Prompt): Turn {
  const last = prompt.findLastIndex((message) => message.role === 'user');
  const asked = prompt[last];
  const request =
    asked?.role === 'user' ? asked.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n') : '';
  return { request: withoutNotes(request), exchanges: readExchanges(prompt.slice(last + 1)), number: last + 1 };
}

/** Every tool call that has an answer, in order. */
export function readExchanges(messages: LanguageModelV4Prompt): readonly Exchange[] {
  const inputs = new Map<string, Readonly<Record<string, unknown>>>();
  const exchanges: Exchange[] = [];
  for (const message of messages) {
    if (message.role !== 'assistant' && message.role !== 'tool') continue;
    for (const part of message.content) {
      if (part.type === 'tool-call') {
        inputs.set(part.toolCallId, typeof part.input === 'object' && part.input !== null ? { ...part.input } : {});
      } else if (part.type === 'tool-result') {
        const input = inputs.get(part.toolCallId) ?? {};
        exchanges.push({ tool: part.toolName, input, outcome: readToolOutput(part.output) });
      }
    }
  }
  return exchanges;
}

/** Drops the lines and tags that tell which pictures there are. */
function withoutNotes(text: string): string {
  return text
    .replace(/\[[^[\]]{0,200}\bimg_[0-9a-f]{32}\b[^[\]]{0,200}\]/g, ' ')
    .split('\n')
    .filter(
      (line) =>
        !/^\s*(?:images? in this session|current images?)\b/i.test(line) && !/^\W*img_[0-9a-f]{32}\b/.test(line),
    )
    .join('\n')
    .trim();
}
