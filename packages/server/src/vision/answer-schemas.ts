import { toolSchemas } from '@atelier/sdk';
import { z } from '@hono/zod-openapi';
import { editSchema } from '../http/edit-schemas.ts';
import { imageInfoSchema } from '../http/schemas.ts';

const detectionSchema = toolSchemas.detect_objects.output.shape.detections.element.extend({}).openapi('Detection');
const box = detectionSchema.shape.box;

export const maskInfoSchema = z
  .object({
    id: z.string().openapi({ example: 'mask_9f86d081884c7d659a2feaa0c55ad015' }),
    size: z.array(z.number().int()).length(2).openapi({ description: 'Height, width.' }),
    counts: z.string().openapi({ description: "COCO's compressed run lengths, as pycocotools reads them." }),
    area: z.number().int().openapi({ description: 'Pixels that are set.' }),
    box: box.nullable().openapi({ description: 'The smallest box around them.' }),
    url: z.string().openapi({ description: 'Signed: the mask as JSON.' }),
  })
  .openapi('Mask');

export const detectAnswer = z
  .object({ image: imageInfoSchema, detections: z.array(detectionSchema) })
  .openapi('DetectAnswer', { description: 'What was found, highest score first.' });

export const segmentAnswer = z.object({ image: imageInfoSchema, mask: maskInfoSchema }).openapi('SegmentAnswer');

export const askAnswer = z
  .object({
    image: imageInfoSchema,
    answer: z.string(),
    confidence: z.number().nullable().openapi({ description: '0..1 where the model can tell.' }),
    backend: z.string(),
    model: z.string(),
  })
  .openapi('AskAnswer');

export const editAnswer = z
  .object({
    before: imageInfoSchema,
    image: imageInfoSchema.openapi({ description: 'The edited picture.' }),
    mask: maskInfoSchema.openapi({ description: 'Everything the edit was allowed to touch.' }),
    receipt: editSchema.shape.receipt,
    verified: editSchema.shape.verified,
  })
  .openapi('EditAnswer');

export const generateAnswer = z.object({ image: imageInfoSchema }).openapi('GenerateAnswer');
