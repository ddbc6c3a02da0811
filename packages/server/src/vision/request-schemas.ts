import { toolSchemas } from '@atelier/sdk';
import { z } from '@hono/zod-openapi';
import { imageReferenceSchema } from '../images/image-schemas.ts';

// What a call takes is what the tool of the same name takes, and what only direct calls can say: a picture that is not stored
// yet, masks in their JSON form, points, and the settings of models.
const tools = toolSchemas;

const image = { image: imageReferenceSchema };

/** COCO's compressed run-length form, as answers have it: `size` is height, width. */
export const rleSchema = z
  .strictObject({
    size: z.tuple([z.number().int().positive(), z.number().int().positive()]),
    counts: z.string(),
  })
  .openapi('RleMask', { description: "COCO's compressed run-length mask; `size` is [height, width]." });

const maskSchema = z
  .union([tools.segment_object.input.shape.mask.unwrap().describe('Id of a stored mask.'), rleSchema])
  .openapi({ description: 'A mask of the picture: its id, or its run-length form.' });

const { points } = tools.segment_object.input.shape;
const onThing = { ...image, points, mask: maskSchema.optional() };
const protect = maskSchema.optional().openapi({ description: 'What must stay as it is, pixel for pixel.' });

const painting = {
  negativePrompt: z.string().max(1000).optional().openapi({ description: 'What should not be there.' }),
  steps: z.number().int().min(1).max(200).optional().openapi({ description: "Denoising steps. Default: the model's." }),
  guidance: z.number().min(0).max(50).optional(),
};

export const detectRequest = tools.detect_objects.input
  .extend({
    ...image,
    phrases: tools.detect_objects.input.shape.phrases.default([]),
    threshold: z.number().min(0).max(1).optional().openapi({ description: "Smallest score. Default: the model's." }),
  })
  .strict()
  .openapi('DetectRequest');

export const segmentRequest = tools.segment_object.input
  .omit({ mask: true })
  .extend(image)
  .strict()
  .openapi('SegmentRequest');

export const askRequest = tools.ask_image.input
  .extend({ ...image, language: z.enum(['en', 'ko']).optional().openapi({ description: "Default: the question's." }) })
  .strict()
  .openapi('AskRequest');

export const removeRequest = tools.remove_object.input
  .extend({ ...onThing, protect })
  .strict()
  .openapi('RemoveRequest');

export const inpaintRequest = tools.inpaint_image.input
  .extend({ ...onThing, protect, ...painting, strength: z.number().min(0).max(1).optional() })
  .strict()
  .openapi('InpaintRequest');

export const generateRequest = tools.generate_image.input.extend(painting).strict().openapi('GenerateRequest');

export const adjustRequest = tools.adjust_image.input
  .extend({ ...onThing, protect })
  .strict()
  .openapi('AdjustRequest');

/** A mask as a request gives it. */
export type MaskInput = z.infer<typeof maskSchema>;
