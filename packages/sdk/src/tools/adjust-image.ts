import { adjust } from '../capabilities/adjust/adjust.ts';
import { describeOperations } from '../capabilities/adjust/describe-operations.ts';
import { regionFor } from '../capabilities/adjust/region-for.ts';
import { defineTool, makes } from './define-tool.ts';
import { recordEdit, resolveTarget } from './edit-tool.ts';
import { protectionOf } from './protect.ts';
import { toolSchemas } from './schemas.ts';

export const adjustImage = defineTool({
  name: 'adjust_image',
  title: 'Change how a thing looks',
  description: `Changes how a thing, everything but the thing (region "background"), or the whole picture looks, or cuts the picture down or levels it, without painting anything new. The operations and their parameters:\n${describeOperations()}`,
  capability: 'adjust',
  annotations: makes,
  inputSchema: toolSchemas.adjust_image.input,
  outputSchema: toolSchemas.adjust_image.output,
  async handle(input, context) {
    const image = await context.library.getImage(input.image);
    const { operation, parameters } = input;
    const region = regionFor(operation, input.region);
    const { signal, progress, onVerify } = context;
    const protection = await protectionOf(context, image);
    const change = { operation, parameters, region, protection, signal, progress, onVerify };
    const call = { tool: 'adjust_image', input };
    if (region === 'everything') return recordEdit(context, call, await adjust(context.vision, image, change));
    const named = input.phrase !== undefined || input.mask !== undefined || input.box !== undefined;
    const cut = await resolveTarget(context, image, named ? input : { ...input, phrase: 'the subject' });
    if (cut.needs) return cut;
    const edit = await adjust(context.vision, image, { ...change, mask: cut.mask, things: cut.detections });
    return recordEdit(context, { ...call, things: cut.detections }, edit);
  },
});
