import { AtelierError } from '../errors/atelier-error.ts';
import type { ToolDefinition } from './define-tool.ts';
import { plan, plannedTools } from './plan.ts';
import { type ToolName, toolSchemas } from './schemas.ts';

/** Every tool, in the order brains see them. */
export const toolDefinitions = [plan, ...Object.values(plannedTools)] as const satisfies readonly Pick<
  ToolDefinition,
  'name' | 'title' | 'description' | 'annotations'
>[];

/** The same list where only names, words and schemas matter, and inputs were checked against `inputSchema` before `handle`. */
export type AnyTool = ToolDefinition<ToolName>;

/** A definition whose handler takes what its schema parsed. The cast is safe because `runTool` parses before it calls. */
export const asAnyTool = (tool: (typeof toolDefinitions)[number]): AnyTool => tool as unknown as AnyTool;

const byName = new Map(toolDefinitions.map((tool) => [tool.name, asAnyTool(tool)]));

/** Whether there is a tool of this name. */
export const isToolName = (name: string): name is ToolName => Object.hasOwn(toolSchemas, name);

/** A tool by its name; the type allows no other names. */
export function findTool(name: ToolName): AnyTool {
  const tool = byName.get(name);
  if (!tool) throw new AtelierError({ code: 'invalid-input', message: `There is no tool called "${name}".` });
  return tool;
}
