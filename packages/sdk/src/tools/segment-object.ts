import { defineTool, looks } from './define-tool.ts';
import { resolveTarget } from './edit-tool.ts';
import { toolSchemas } from './schemas.ts';

export const segmentObject = defineTool({
  name: 'segment_object',
  title: 'Cut out a thing',
  description: 'Finds the exact pixels of a thing named by a phrase, a box or points, and returns a mask id for edits.',
  capability: 'segment',
  annotations: looks,
  inputSchema: toolSchemas.segment_object.input,
  outputSchema: toolSchemas.segment_object.output,
  async handle({ image: id, ...target }, context) {
    const image = await context.library.getImage(id);
    const cut = await resolveTarget(context, image, target);
    if (cut.needs) return cut;
    const mask = await context.library.putMask(cut.mask, cut.detections);
    const box = cut.mask.bounds ?? { x: 0, y: 0, width: image.width, height: image.height };
    return { mask, box, area: cut.mask.area, score: cut.score, things: [...cut.detections] };
  },
});
