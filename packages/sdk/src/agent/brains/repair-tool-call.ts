import type { ToolCallRepairFunction, ToolSet } from 'ai';
import { toolDefinitions } from '../../tools/tools.ts';
import { fitToSchema } from './fit-to-schema.ts';
import { readBrokenJson } from './read-broken-json.ts';

const schemas = new Map<string, Parameters<typeof fitToSchema>[0]>(
  toolDefinitions.map(({ name, inputSchema }) => [name, inputSchema]),
);

/**
 * Mends a tool call that a brain wrote badly: broken JSON, code fences, wrong wrapping, a tool's name in another spelling. What
 * comes out fits the tool's schema. Null where that would take guessing: the brain is then told the error and may call again.
 */
export const repairToolCall: ToolCallRepairFunction<ToolSet> = async ({ toolCall, tools }) => {
  const toolName = findName(toolCall.toolName, Object.keys(tools));
  const schema = schemas.get(toolName ?? '');
  if (toolName === undefined || !schema) return null;
  const written = readBrokenJson(toolCall.input);
  if (written === undefined) return null;
  for (const candidate of unwrapped(written, toolName)) {
    const input = fitToSchema(schema, candidate);
    if (input !== undefined) return { ...toolCall, toolName, input: JSON.stringify(input) };
  }
  return null;
};

/** `functions.detectObjects`, `default_api:detect-objects`: the same tool. */
function findName(written: string, names: readonly string[]): string | undefined {
  const last = written.split(/[.:/]/).at(-1)?.trim() ?? '';
  const name = last
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/[\s-]+/g, '_')
    .toLowerCase();
  return names.find((known) => known === name);
}

const wrappers = ['input', 'arguments', 'args', 'parameters', 'function', 'tool_input', 'params'];

/** The value itself, then what may be wrapped in it: a list of one, the call around its input, the input as a string. */
function* unwrapped(value: unknown, tool: string, depth = 0): Generator<unknown> {
  yield value;
  if (depth === 3) return;
  if (typeof value === 'string') {
    const inner = readBrokenJson(value);
    if (inner !== undefined && inner !== value) yield* unwrapped(inner, tool, depth + 1);
  } else if (Array.isArray(value)) {
    // A plan's steps by themselves, or one call in a list.
    yield { steps: value };
    if (value.length === 1) yield* unwrapped(value[0], tool, depth + 1);
  } else if (typeof value === 'object' && value !== null) {
    for (const key of [tool, ...wrappers]) {
      if (key in value) yield* unwrapped(Reflect.get(value, key), tool, depth + 1);
    }
  }
}

/**
 * The same, for those who must know which calls stayed bad: the AI SDK tells the brain of them and goes on, so that a brain
 * which then claims that it made them would be believed.
 */
export const repairingToolCalls =
  (onGivenUp: (tool: string, error: Error) => void): ToolCallRepairFunction<ToolSet> =>
  async (options) => {
    const mended = await repairToolCall(options);
    if (!mended) onGivenUp(options.toolCall.toolName, options.error);
    return mended;
  };
