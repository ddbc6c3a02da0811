import { z } from 'zod';
import { operationNames } from '../capabilities/adjust/describe-operations.ts';
import { verificationSchema } from '../capabilities/shared/receipt.ts';
import { candidateSchema } from '../capabilities/target/target.ts';
import { boxSchema, pointSchema } from '../image/geometry.ts';

export const imageIdSchema = z
  .string()
  .regex(/^img_[0-9a-f]{32}$/)
  .describe('Id of an image, from this session or its tools: img_ and 32 hex digits');

export const maskIdSchema = z
  .string()
  .regex(/^mask_[0-9a-f]{32}$/)
  .describe('Id of a mask made by segment_object');

const phraseSchema = z
  .string()
  .min(1)
  .max(200)
  .describe('Words for the thing, with its place or size if needed: "the cup on the left", "all dogs", "the subject"');

export const choiceSchema = z
  .number()
  .int()
  .positive()
  .describe('Answers "which one?": the number of a candidate from an earlier result with needs: "choice"');

/** What a call is about: a phrase, a mask made before, or a box. */
export const targetShape = {
  phrase: phraseSchema.optional(),
  mask: maskIdSchema.optional(),
  box: boxSchema.optional().describe('Pixels: top-left corner and size'),
  choice: choiceSchema.optional(),
};

export const pointsSchema = z
  .array(pointSchema.extend({ positive: z.boolean().describe('true: on the thing; false: beside it') }))
  .min(1)
  .max(64);

/** Several things fit, or none does and these were seen instead: a person has to say which, then call again with `choice`. */
export const choiceNeededSchema = z.object({
  needs: z.literal('choice'),
  reason: z.enum(['ambiguous', 'no-match']),
  phrase: z.string(),
  candidates: z.array(candidateSchema),
  overlay: imageIdSchema.describe('The picture with the candidates numbered'),
});

export const detectionSchema = z.object({
  label: z.string(),
  score: z.number(),
  box: boxSchema,
  phrase: z.string(),
});

/** What every edit tool answers. */
export const editOutputSchema = z.object({
  image: imageIdSchema.describe('The edited picture'),
  edit: z.string().describe('Id of the edit, for undo_edit'),
  mask: maskIdSchema.describe('Everything the edit was allowed to touch'),
  label: z.string().optional().describe('What the edited thing was recognised as'),
  changedOutsideMask: z.number().int(),
  verified: verificationSchema,
});
export type EditOutput = z.infer<typeof editOutputSchema>;
export type ChoiceNeededOutput = z.infer<typeof choiceNeededSchema>;

/** The schema of an edit tool's output: done, or a question. */
export const editOrChoiceSchema = z.union([editOutputSchema, choiceNeededSchema]);

/** The tools that a plan may name, in the order brains see them. */
export const plannedToolNames = [
  'ask_image',
  'detect_objects',
  'segment_object',
  'remove_object',
  'inpaint_image',
  'generate_image',
  'adjust_image',
  'load_image',
  'undo_edit',
] as const;
export type PlannedToolName = (typeof plannedToolNames)[number];

export const planStepSchema = z.object({
  tool: z.enum(plannedToolNames),
  target: z.string().optional().describe('Words for the thing this step is about'),
  message: z.string().describe("What this step does, in the person's language, for the person"),
  conditional: z.boolean().optional().describe('true where it is done only if something is found to be so'),
});
export type PlanStep = z.infer<typeof planStepSchema>;

/** Input and output of every tool, by name: the one contract that brains, hosts and the HTTP API share. */
export const toolSchemas = {
  plan: {
    input: z.object({ steps: z.array(planStepSchema).max(30) }),
    output: z.object({ steps: z.array(planStepSchema.extend({ id: z.string() })) }),
  },
  ask_image: {
    input: z.object({ image: imageIdSchema, question: z.string().min(1).max(2000) }),
    output: z.object({ answer: z.string(), confidence: z.number().optional(), backend: z.string() }),
  },
  detect_objects: {
    input: z.object({
      image: imageIdSchema,
      phrases: z.array(phraseSchema).max(50).describe('Empty: everything that can be recognised'),
    }),
    output: z.object({ detections: z.array(detectionSchema), overlay: imageIdSchema.optional() }),
  },
  segment_object: {
    input: z.object({ image: imageIdSchema, ...targetShape, points: pointsSchema.optional() }),
    output: z.union([
      z.object({
        mask: maskIdSchema,
        box: boxSchema,
        area: z.number().int().describe('Pixels'),
        score: z.number().describe("The outline's quality, 0..1; not how sure the thing was recognised"),
        things: z.array(detectionSchema).describe('What was recognised and cut out, where words were given'),
      }),
      choiceNeededSchema,
    ]),
  },
  remove_object: {
    input: z.object({ image: imageIdSchema, ...targetShape, seed: z.number().int().optional() }),
    output: editOrChoiceSchema,
  },
  inpaint_image: {
    input: z.object({
      image: imageIdSchema,
      ...targetShape,
      prompt: z.string().min(1).max(1000).describe('What should be there instead'),
      seed: z.number().int().optional(),
    }),
    output: editOrChoiceSchema,
  },
  generate_image: {
    input: z.object({
      prompt: z.string().min(1).max(1000),
      width: z.number().int().min(64).max(2048).default(1024),
      height: z.number().int().min(64).max(2048).default(1024),
      seed: z.number().int().optional(),
    }),
    output: z.object({ image: imageIdSchema, width: z.number(), height: z.number() }),
  },
  adjust_image: {
    input: z.object({
      image: imageIdSchema,
      operation: z.enum(operationNames),
      parameters: z
        .record(z.string(), z.unknown())
        .default({})
        .describe("The operation's own, as the tool's description lists them"),
      region: z
        .enum(['subject', 'background', 'everything'])
        .default('subject')
        .describe(
          'What changes: the target, everything but the target, or the whole picture. Without a target, the main subject is meant',
        ),
      ...targetShape,
    }),
    output: editOrChoiceSchema,
  },
  load_image: {
    input: z.object({ source: z.string().min(1).describe('A file path or URL that this session may read') }),
    output: z.object({ image: imageIdSchema, width: z.number(), height: z.number() }),
  },
  undo_edit: {
    input: z.object({
      edit: z.string().optional().describe('Default: the latest edit'),
      later: z
        .enum(['keep', 'drop'])
        .default('keep')
        .describe('What becomes of the edits made after it: they are made again without it, or go too'),
      head: z.string().optional().describe('The latest edit when this was asked; filled in where it is left out'),
    }),
    output: z.object({
      image: imageIdSchema,
      undone: z.string(),
      replayed: z.array(z.string()).describe('The later edits as they were made again: their new ids, in order'),
      stopped: z
        .object({ edit: z.string(), tool: z.string(), code: z.string(), message: z.string() })
        .optional()
        .describe('The first later edit that no longer applies, and why; it and those after it are not in the picture'),
    }),
  },
} as const;
export type ToolName = keyof typeof toolSchemas;
