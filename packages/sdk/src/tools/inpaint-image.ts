import { inpaint } from '../capabilities/inpaint/inpaint.ts';
import { defineTool, makes } from './define-tool.ts';
import { recordEdit, resolveTarget } from './edit-tool.ts';
import { protectionOf } from './protect.ts';
import { toolSchemas } from './schemas.ts';
import { withSecondAttempt } from './second-attempt.ts';

export const inpaintImage = defineTool({
  name: 'inpaint_image',
  title: 'Repaint a thing',
  description:
    'Replaces a thing by something else described in words. Only the thing and a narrow edge change. Looks again afterwards and says whether the new thing is there.',
  capability: 'inpaint',
  annotations: makes,
  inputSchema: toolSchemas.inpaint_image.input,
  outputSchema: toolSchemas.inpaint_image.output,
  async handle(input, context) {
    const image = await context.library.getImage(input.image);
    const cut = await resolveTarget(context, image, input);
    if (cut.needs) return cut;
    const { signal, progress, onVerify } = context;
    const protection = await protectionOf(context, image);
    const wanted = input.prompt;
    const first = { mask: cut.mask, seed: input.seed ?? 0, prompt: wanted };
    const edit = await withSecondAttempt(image, first, ({ mask, seed, prompt = wanted }) =>
      inpaint(context.vision, image, { mask, prompt, wanted, seed, protection, signal, progress, onVerify }),
    );
    return recordEdit(context, { tool: 'inpaint_image', input, things: cut.detections }, edit);
  },
});
