import { generate } from '../capabilities/generate/generate.ts';
import { defineTool, makes } from './define-tool.ts';
import { toolSchemas } from './schemas.ts';
import { showImage } from './tool-context.ts';

export const generateImageTool = defineTool({
  name: 'generate_image',
  title: 'Paint a new picture',
  description: 'Paints a new picture from words. Use inpaint_image to change a part of an existing one.',
  capability: 'generate',
  annotations: makes,
  inputSchema: toolSchemas.generate_image.input,
  outputSchema: toolSchemas.generate_image.output,
  async handle({ prompt, width, height, seed }, context) {
    const { signal, progress } = context;
    const image = await generate(context.vision, {
      prompt,
      width,
      height,
      signal,
      progress,
      ...(seed === undefined ? {} : { seed }),
    });
    const known = await showImage(context, image);
    return { image: known.id, width: known.width, height: known.height };
  },
});
