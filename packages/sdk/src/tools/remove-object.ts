import { remove } from '../capabilities/remove/remove.ts';
import { defineTool, makes } from './define-tool.ts';
import { recordEdit, resolveTarget } from './edit-tool.ts';
import { protectionOf } from './protect.ts';
import { toolSchemas } from './schemas.ts';
import { withSecondAttempt } from './second-attempt.ts';

export const removeObject = defineTool({
  name: 'remove_object',
  title: 'Remove a thing',
  description:
    'Takes a thing out of the picture and fills in what could be behind it. Nothing else changes. Looks again afterwards and says whether it is gone.',
  capability: 'remove',
  annotations: makes,
  inputSchema: toolSchemas.remove_object.input,
  outputSchema: toolSchemas.remove_object.output,
  async handle(input, context) {
    const image = await context.library.getImage(input.image);
    const cut = await resolveTarget(context, image, input);
    if (cut.needs) return cut;
    const { signal, progress, onVerify } = context;
    const things = cut.detections;
    const protection = await protectionOf(context, image);
    const edit = await withSecondAttempt(image, { mask: cut.mask, seed: input.seed ?? 0 }, ({ mask, seed }) =>
      remove(context.vision, image, { mask, things, seed, protection, signal, progress, onVerify }),
    );
    return recordEdit(context, { tool: 'remove_object', input, things: cut.detections }, edit);
  },
});
