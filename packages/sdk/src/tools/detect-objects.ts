import { detect } from '../capabilities/detect/detect.ts';
import { keepOverlay } from './choice.ts';
import { defineTool, looks } from './define-tool.ts';
import { toolSchemas } from './schemas.ts';

export const detectObjects = defineTool({
  name: 'detect_objects',
  title: 'Find things',
  description:
    'Finds things in a picture by words and returns their boxes and scores, with a numbered overlay. Places and sizes in phrases are resolved ("the cat on the left").',
  capability: 'detect',
  annotations: looks,
  inputSchema: toolSchemas.detect_objects.input,
  outputSchema: toolSchemas.detect_objects.output,
  async handle({ image: id, phrases }, context) {
    const image = await context.library.getImage(id);
    const { signal, progress } = context;
    const detections = await detect(context.vision, image, { phrases, signal, progress });
    return { detections, ...(detections.length > 0 ? await keepOverlay(context, image, detections) : {}) };
  },
});
