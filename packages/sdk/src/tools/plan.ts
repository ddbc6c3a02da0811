import { backendsFor } from '../capabilities/route.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import { adjustImage } from './adjust-image.ts';
import { askImage } from './ask-image.ts';
import { defineTool, looks, type ToolDefinition } from './define-tool.ts';
import { detectObjects } from './detect-objects.ts';
import { generateImageTool } from './generate-image.ts';
import { inpaintImage } from './inpaint-image.ts';
import { loadImageTool } from './load-image.ts';
import { removeObject } from './remove-object.ts';
import { type PlannedToolName, toolSchemas } from './schemas.ts';
import { segmentObject } from './segment-object.ts';
import { undoEdit } from './undo-edit.ts';

/** The tools that a plan may name, by name. Typing it as a record makes a missing tool a compile error. */
export const plannedTools = {
  ask_image: askImage,
  detect_objects: detectObjects,
  segment_object: segmentObject,
  remove_object: removeObject,
  inpaint_image: inpaintImage,
  generate_image: generateImageTool,
  adjust_image: adjustImage,
  load_image: loadImageTool,
  undo_edit: undoEdit,
} satisfies Record<PlannedToolName, unknown>;

export const plan = defineTool({
  name: 'plan',
  title: 'Plan the work',
  description:
    'Writes down the steps before acting. Call it first, once, with every tool you are going to call, in order.',
  annotations: looks,
  inputSchema: toolSchemas.plan.input,
  outputSchema: toolSchemas.plan.output,
  async handle({ steps }, context) {
    for (const step of steps) {
      const { capability }: Pick<ToolDefinition, 'capability'> = plannedTools[step.tool];
      if (!capability || context.vision.backends.some((backend) => backend.capabilities[capability])) continue;
      // Better before the first step than after the last: nobody wants half of what they asked for.
      const configured = context.vision.backends.map((backend) => backend.name).join(', ') || 'none';
      throw new AtelierError({
        code: 'capability-unavailable',
        message: `This needs ${step.tool}, and no configured backend can ${capability} (configured: ${configured}).`,
        hint: `These could: ${backendsFor(capability)}.`,
        details: { capability, tool: step.tool },
      });
    }
    return { steps: steps.map((step, index) => ({ ...step, id: `step_${index + 1}` })) };
  },
});
