import { type Tool, type ToolSet, tool } from 'ai';
import { type AnyTool, asAnyTool, toolDefinitions } from './tools.ts';

/** What runs a tool for the AI SDK: the run loop, or a bare session. */
export type RunTool = (
  definition: AnyTool,
  input: unknown,
  call: { readonly id: string; readonly signal: AbortSignal | undefined },
) => Promise<unknown>;

/** The tools as the AI SDK takes them. Outputs reach the brain as JSON text: ids and figures, never pixels. */
export function renderForAiSdk(runTool: RunTool, names?: readonly string[]): ToolSet {
  const chosen = toolDefinitions.filter(({ name }) => names?.includes(name) ?? true).map(asAnyTool);
  return Object.fromEntries(chosen.map((definition) => [definition.name, renderOne(definition, runTool)]));
}

const renderOne = (definition: AnyTool, runTool: RunTool): Tool =>
  tool({
    description: definition.description,
    inputSchema: definition.inputSchema,
    outputSchema: definition.outputSchema,
    execute: (input: unknown, { toolCallId, abortSignal }) =>
      runTool(definition, input, { id: toolCallId, signal: abortSignal }),
    toModelOutput: ({ output }) => ({ type: 'content', value: [{ type: 'text', text: JSON.stringify(output) }] }),
  });
