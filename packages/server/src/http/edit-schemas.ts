import { candidateSchema, capabilityNames, receiptSchema, verificationSchema } from '@atelier/sdk';
import { z } from '@hono/zod-openapi';

export const stageSchema = z.enum(['plan', ...capabilityNames, 'verify', 'answer']);

const boxSchema = z
  .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
  .openapi('Box', { description: 'Pixels of the upright picture; the origin is its top-left corner.' });

/** One step of the written plan. */
export const plannedStepSchema = z
  .object({
    id: z.string(),
    tool: z.string(),
    target: z.string().optional(),
    conditional: z.boolean().optional(),
    message: z.string(),
  })
  .openapi('PlannedStep');

const targetSchema = z.object({
  size: z.object({ width: z.number(), height: z.number() }),
  things: z.array(z.object({ label: z.string(), score: z.number(), box: boxSchema, phrase: z.string() })),
});

/** One edit of a session. */
export const editSchema = z
  .object({
    id: z.string(),
    parent: z.string().nullable(),
    tool: z.string(),
    input: z.record(z.string(), z.unknown()),
    label: z.string().optional(),
    target: targetSchema.optional(),
    replays: z.string().optional(),
    receipt: receiptSchema.extend({}).openapi('Receipt'),
    verified: verificationSchema.extend({}).openapi('Verification'),
  })
  .openapi('Edit');

const candidate = candidateSchema.extend({ box: boxSchema }).openapi('Candidate');

/** What a person is asked. */
export const questionSchema = z
  .discriminatedUnion('kind', [
    z.object({
      id: z.string(),
      kind: z.literal('choice'),
      reason: z.enum(['ambiguous', 'no-match']),
      phrase: z.string(),
      candidates: z.array(candidate),
      overlay: z.string().meta({ description: 'Id of a picture with the candidates numbered.' }),
      overlayUrl: z.string().meta({ description: 'Signed, read-only, valid for an hour.' }),
      expiresAt: z.string().nullable(),
    }),
    z.object({
      id: z.string(),
      kind: z.literal('approval'),
      tool: z.string(),
      input: z.record(z.string(), z.unknown()),
      reason: z.enum(['asked', 'not-planned']),
      image: z.string().nullable(),
      previewUrl: z.string().nullable(),
      expiresAt: z.string().nullable(),
    }),
  ])
  .openapi('Question');

export type QuestionView = z.infer<typeof questionSchema>;
