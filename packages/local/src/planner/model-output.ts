import type {
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import type { Decision } from './decide.ts';

/** The planner reads no tokens and writes none; nothing finer is known. */
export const usage: LanguageModelV4Usage = {
  inputTokens: { total: 0, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 0, text: undefined, reasoning: undefined },
};

export function contentOf(decision: Decision): LanguageModelV4Content[] {
  if (decision.kind === 'answer') return [{ type: 'text', text: decision.text }];
  return [
    { type: 'tool-call', toolCallId: decision.id, toolName: decision.tool, input: JSON.stringify(decision.input) },
  ];
}

export function finishReasonOf(decision: Decision): LanguageModelV4FinishReason {
  if (decision.kind === 'call') return { unified: 'tool-calls', raw: 'tool-calls' };
  return { unified: decision.reason === 'done' ? 'stop' : 'other', raw: decision.reason };
}

/** The parts of a stream in order: text word by word, a tool's input in one piece. */
export function* streamParts(decision: Decision, modelId: string): Generator<LanguageModelV4StreamPart> {
  yield { type: 'stream-start', warnings: [] };
  yield { type: 'response-metadata', modelId };
  if (decision.kind === 'answer') {
    yield { type: 'text-start', id: 'answer' };
    for (const delta of decision.text.split(/(?<=\s)(?=\S)/)) yield { type: 'text-delta', id: 'answer', delta };
    yield { type: 'text-end', id: 'answer' };
  } else {
    const { id, tool: toolName } = decision;
    const input = JSON.stringify(decision.input);
    yield { type: 'tool-input-start', id, toolName };
    yield { type: 'tool-input-delta', id, delta: input };
    yield { type: 'tool-input-end', id };
    yield { type: 'tool-call', toolCallId: id, toolName, input };
  }
  yield { type: 'finish', usage, finishReason: finishReasonOf(decision) };
}
