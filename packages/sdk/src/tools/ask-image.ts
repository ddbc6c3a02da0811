import { ask } from '../capabilities/ask/ask.ts';
import { defineTool, looks } from './define-tool.ts';
import { toolSchemas } from './schemas.ts';

export const askImage = defineTool({
  name: 'ask_image',
  title: 'Ask about a picture',
  description: 'Answers a question about a picture: what is in it, how many, which colour, where.',
  capability: 'ask',
  annotations: looks,
  inputSchema: toolSchemas.ask_image.input,
  outputSchema: toolSchemas.ask_image.output,
  async handle({ image, question }, context) {
    const { signal, progress } = context;
    const { answer, confidence, backend } = await ask(context.vision, await context.library.getImage(image), {
      question,
      signal,
      progress,
    });
    return { answer, backend, ...(confidence === undefined ? {} : { confidence }) };
  },
});
