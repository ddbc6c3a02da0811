import { type Tool, type ToolSet, tool } from 'ai';
import { AtelierError } from '../errors/atelier-error.ts';
import { type AnyTool, asAnyTool, toolDefinitions } from './tools.ts';

/** What runs a tool for the AI SDK: the run loop, or a bare session. */
export type RunTool = (
  definition: AnyTool,
  input: unknown,
  call: { readonly id: string; readonly signal: AbortSignal | undefined },
) => Promise<unknown>;

/** The tools as the AI SDK takes them. Outputs reach the brain as JSON text: ids and figures, never pixels. */
export function renderForAiSdk(runTool: RunTool): ToolSet {
  return Object.fromEntries(
    toolDefinitions.map(asAnyTool).map((definition) => [definition.name, renderOne(definition, runTool)]),
  );
}

const renderOne = (definition: AnyTool, runTool: RunTool): Tool =>
  tool({
    description: definition.description,
    inputSchema: definition.inputSchema,
    outputSchema: definition.outputSchema,
    execute: (input: unknown, { toolCallId, abortSignal }) =>
      runTool(definition, input, { id: toolCallId, signal: abortSignal }).catch(wordForBrain),
    toModelOutput: ({ output }) => ({ type: 'content', value: [{ type: 'text', text: JSON.stringify(output) }] }),
  });

/** A brain sees of an error only its message: the whole error goes there, with the code to branch on and the hint to act on. */
function wordForBrain(error: unknown): never {
  throw AtelierError.isInstance(error) ? new Error(JSON.stringify(error.toJSON()), { cause: error }) : error;
}
