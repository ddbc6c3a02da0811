import type { LanguageModelV4, LanguageModelV4Prompt, LanguageModelV4StreamPart } from '@ai-sdk/provider';

/** One call of a tool, as it ran. */
export interface Call {
  readonly id: string;
  readonly tool: string;
  readonly input: unknown;
  /** Null where it failed, or where the run ended at it. */
  output: Readonly<Record<string, unknown>> | null;
  /** What it said when it failed. */
  failure: unknown;
}

/** The same brain; `calls` gets all that it asks for, but the plan, and what the tools answered. */
export function watchedBrain(brain: LanguageModelV4, calls: Call[]): LanguageModelV4 {
  return {
    ...brain,
    async doStream(options) {
      noteResults(options.prompt, calls);
      const result = await brain.doStream(options);
      const noting = new TransformStream<LanguageModelV4StreamPart, LanguageModelV4StreamPart>({
        transform(part, controller) {
          if (part.type === 'tool-call' && part.toolName !== 'plan')
            calls.push({
              id: part.toolCallId,
              tool: part.toolName,
              input: JSON.parse(part.input),
              output: null,
              failure: null,
            });
          controller.enqueue(part);
        },
      });
      return { ...result, stream: result.stream.pipeThrough(noting) };
    },
  };
}

function noteResults(prompt: LanguageModelV4Prompt, calls: readonly Call[]): void {
  for (const { role, content } of prompt) {
    if (role !== 'tool') continue;
    for (const part of content) {
      const call = part.type === 'tool-result' && calls.find(({ id }) => id === part.toolCallId);
      if (!call) continue;
      const { output } = part;
      if (output.type === 'json') call.output = recordOf(output.value);
      else if (output.type === 'error-json' || output.type === 'error-text') call.failure = output.value;
      else if (output.type === 'content')
        call.output = recordOf(JSON.parse(output.value.find((piece) => piece.type === 'text')?.text ?? '{}'));
    }
  }
}

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : { value };
