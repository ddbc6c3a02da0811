import { loadImage as load } from '../capabilities/vision.ts';
import { AtelierError } from '../errors/atelier-error.ts';
import { defineTool, looks } from './define-tool.ts';
import { toolSchemas } from './schemas.ts';
import { showImage } from './tool-context.ts';

export const loadImageTool = defineTool({
  name: 'load_image',
  title: 'Load a picture',
  description: 'Loads a picture from a file or URL that this session may read, and makes it the current one.',
  annotations: looks,
  inputSchema: toolSchemas.load_image.input,
  outputSchema: toolSchemas.load_image.output,
  async handle({ source }, context) {
    if (!context.policy.roots && !context.policy.urls) {
      throw new AtelierError({
        code: 'not-allowed',
        message: 'This session may not read files or URLs by itself.',
        hint: 'Give the picture to the session, or allow folders with `roots` (CLI: --root FOLDER).',
      });
    }
    // Brains choose `source`, so a studio without roots must not read the whole disk for them.
    const policy = { ...context.policy, roots: context.policy.roots ?? [], signal: context.signal };
    const known = await showImage(context, await load(source, context.library, policy));
    return { image: known.id, width: known.width, height: known.height };
  },
});
