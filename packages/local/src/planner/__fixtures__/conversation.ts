import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4ToolChoice,
  LanguageModelV4ToolResultPart,
} from '@ai-sdk/provider';
import { plannedToolNames } from '@atelier/sdk';

export const firstImage = `img_${'0'.repeat(32)}`;
export const secondImage = `img_${'1'.repeat(32)}`;
export const thirdImage = `img_${'2'.repeat(32)}`;
export const mask = `mask_${'a'.repeat(32)}`;
export const secondMask = `mask_${'b'.repeat(32)}`;
export const box = { x: 10, y: 20, width: 30, height: 40 };

type Output = LanguageModelV4ToolResultPart['output'];

/** A tool call of a past step with what it answered. */
export interface Call {
  readonly tool: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly output: Output;
}

export const json = (value: unknown): Output => ({
  type: 'content',
  value: [{ type: 'text', text: JSON.stringify(value) }],
});
export const failure = (code: string, message: string, hint?: string): Output => ({
  type: 'error-text',
  value: JSON.stringify({ code, message, hint }),
});

export const found: Call = {
  tool: 'detect_objects',
  input: { image: firstImage, phrases: ['the cup'] },
  output: json({ detections: [{ label: 'cup', score: 0.449, box, phrase: 'the cup' }] }),
};
export const cutOut: Call = {
  tool: 'segment_object',
  input: { image: firstImage, phrase: 'the cup' },
  output: json({ mask, box, area: 900, score: 0.97, things: [{ label: 'cup', score: 0.449, box, phrase: 'the cup' }] }),
};
const cup = { label: 'cup', box, phrase: 'the cups' };
export const twoCutOut: Call = {
  tool: 'segment_object',
  input: { image: firstImage, phrase: 'the cups' },
  output: json({
    mask,
    box,
    area: 1800,
    score: 0.97,
    things: [
      { ...cup, score: 0.449 },
      { ...cup, score: 0.31 },
    ],
  }),
};
export const edited = (tool: string, verified: { ok: boolean; reason: string }, image = secondImage): Call => ({
  tool,
  output: json({
    image,
    edit: 'edit_1',
    mask: secondMask,
    label: 'cup',
    changedOutsideMask: 0,
    verified: { ...verified, by: 'test' },
  }),
});

/** A prompt in which the person asked `request` and the calls have been made. */
export function conversation(
  request: string,
  calls: readonly Call[],
  system = `Images in this session: ${firstImage} 600x400 (current)`,
): LanguageModelV4Prompt {
  const past = calls.flatMap(({ tool: toolName, input = {}, output }, index): LanguageModelV4Prompt => {
    const toolCallId = `call-${index}`;
    return [
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId, toolName, input }] },
      { role: 'tool', content: [{ type: 'tool-result', toolCallId, toolName, output }] },
    ];
  });
  return [{ role: 'system', content: system }, { role: 'user', content: [{ type: 'text', text: request }] }, ...past];
}

/** Call options with every tool of the contract, or those named. */
export function options(
  prompt: LanguageModelV4Prompt,
  toolChoice: LanguageModelV4ToolChoice = { type: 'auto' },
  names: readonly string[] = ['plan', ...plannedToolNames],
): LanguageModelV4CallOptions {
  return {
    prompt,
    toolChoice,
    tools: names.map((name) => ({ type: 'function', name, inputSchema: { type: 'object' } })),
  };
}
