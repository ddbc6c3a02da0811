import { AtelierError } from '../../errors/atelier-error.ts';
import { adjustImage } from '../adjust-image.ts';
import type { ToolDefinition } from '../define-tool.ts';
import { inpaintImage } from '../inpaint-image.ts';
import { removeObject } from '../remove-object.ts';
import type { AnyTool } from '../tools.ts';

/** The tools that change pictures, by name: what a history consists of. */
const editTools = new Map<string, Pick<ToolDefinition, 'name'>>(
  [removeObject, inpaintImage, adjustImage].map((tool) => [tool.name, tool]),
);

/** Whether a tool makes a new picture of an old one. */
export const isEditTool = (name: string): boolean => editTools.has(name);

/** Throws `invalid-input` for an edit that a tool unknown to this version made. */
export function findEditTool(name: string): AnyTool {
  const tool = editTools.get(name);
  // Safe for the reason that asAnyTool gives: runTool parses the input with the tool's own schema.
  if (tool) return tool as unknown as AnyTool;
  throw new AtelierError({
    code: 'invalid-input',
    message: `The tool ${name} makes no edits that this version can repeat.`,
    hint: `It can repeat those of: ${[...editTools.keys()].join(', ')}.`,
  });
}
