import { z } from 'zod';
import { boxSchema } from '../image/geometry.ts';

const phrase = z.string().min(1).max(200);
const sizeSchema = z.object({ width: z.number().int().positive(), height: z.number().int().positive() }).strict();

/** COCO's compressed run-length form, as `mask.toRle()` writes it; `size` is height, width. */
const rleSchema = z
  .object({ size: z.tuple([z.number().int().positive(), z.number().int().positive()]).readonly(), counts: z.string() })
  .strict();

const byPhrase = z.object({ phrase }).strict();
/** Pixels of a picture of this size, and of no other. */
const byBox = z.object({ box: boxSchema, size: sizeSchema }).strict();
const byMask = z.object({ mask: rleSchema }).strict();

/** What a step is about: words, which fit any picture, or pixels, which fit pictures of one size. */
export const recipeTargetSchema = z.union([byPhrase, byBox, byMask]);
export type RecipeTarget = z.infer<typeof recipeTargetSchema>;

/** What no step may change. */
export const recipeProtectRuleSchema = z.union([z.enum(['faces', 'text']), byPhrase, byBox, byMask]);
export type RecipeProtectRule = z.infer<typeof recipeProtectRuleSchema>;

const seed = z.number().int().optional();
const target = recipeTargetSchema.optional();

export const recipeStepSchema = z.discriminatedUnion('tool', [
  z.object({ tool: z.literal('remove_object'), target, seed }).strict(),
  z.object({ tool: z.literal('inpaint_image'), target, prompt: z.string().min(1).max(1000), seed }).strict(),
  z
    .object({
      tool: z.literal('adjust_image'),
      target,
      operation: z.string(),
      parameters: z.record(z.string(), z.unknown()).default({}),
      region: z.enum(['subject', 'background', 'everything']).default('subject'),
    })
    .strict(),
]);
export type RecipeStep = z.infer<typeof recipeStepSchema>;

/** What was done to a picture, without the picture: edits in order, ready to be done to others. Plain JSON. */
export const recipeSchema = z
  .object({
    format: z.literal('atelier-recipe'),
    version: z.literal(1),
    protect: z.array(recipeProtectRuleSchema).max(50).default([]),
    steps: z.array(recipeStepSchema).max(1000),
  })
  .strict();
export type Recipe = z.infer<typeof recipeSchema>;
