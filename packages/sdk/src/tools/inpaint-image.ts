import { inpaint } from '../capabilities/inpaint/inpaint.ts';
import { withoutHoles } from '../image/without-holes.ts';
import { defineTool, makes } from './define-tool.ts';
import { recordEdit, resolveTarget } from './edit-tool.ts';
import { protectionOf } from './protect.ts';
import { toolSchemas } from './schemas.ts';
import { withSecondAttempt } from './second-attempt.ts';

/** Of the thing's area: through the handle of a mug the old ground would show in the middle of the vase that replaces it. */
const largestHole = 0.5;

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
    // Of a mask that somebody drew, every pixel is meant.
    const drawn = input.mask !== undefined && cut.detections.length === 0;
    const mask = drawn ? cut.mask : withoutHoles(cut.mask, largestHole);
    const first = { mask, seed: input.seed ?? 0, prompt: wanted };
    const edit = await withSecondAttempt(image, first, ({ mask, seed, prompt = wanted }) =>
      inpaint(context.vision, image, { mask, prompt, wanted, seed, protection, signal, progress, onVerify }),
    );
    return recordEdit(context, { tool: 'inpaint_image', input, things: cut.detections }, edit);
  },
});
