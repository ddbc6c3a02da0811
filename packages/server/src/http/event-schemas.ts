import { z } from '@hono/zod-openapi';
import { editSchema, plannedStepSchema, questionSchema } from './edit-schemas.ts';
import { eventHeadSchema, jobErrorSchema } from './schemas.ts';

const stored = eventHeadSchema.extend({
  seq: z.number().int().meta({ description: 'From 1, without gaps.' }),
});

/** What became of the session's picture. */
const traces = {
  outputImage: z.string().nullable().meta({ description: 'Image id; null where no picture was made.' }),
  output_image_url: z.string().nullable().meta({ description: 'Signed, read-only, valid for an hour.' }),
  edits: z.array(editSchema).readonly(),
};

/** Stored events: each job has them from 1 without gaps, and the last is `success`, `failure` or `cancelled`. */
export const storedEventSchema = z
  .union([
    stored.extend({ status: z.literal('queued') }).openapi('QueuedEvent'),
    stored.extend({ status: z.literal('plan'), steps: z.array(plannedStepSchema).readonly() }).openapi('PlanEvent'),
    stored
      .extend({
        status: z.literal('progress'),
        step: z.string(),
        state: z.enum(['started', 'finished']),
        durationMs: z.number().optional(),
        preview: z.string().optional().meta({ description: 'Image id of what there is to look at.' }),
        previewUrl: z.string().optional(),
      })
      .openapi('ProgressEvent'),
    z.intersection(stored.extend({ status: z.literal('question') }), questionSchema).openapi('QuestionEvent'),
    stored
      .extend({
        status: z.literal('success'),
        answer: z.string(),
        verified: z.boolean(),
        notDone: z.array(plannedStepSchema).readonly(),
        ...traces,
      })
      .openapi('SuccessEvent'),
    stored
      .extend({ status: z.literal('failure'), error: jobErrorSchema, step: z.string().nullable(), ...traces })
      .openapi('FailureEvent'),
    stored.extend({ status: z.literal('cancelled'), ...traces }).openapi('CancelledEvent'),
  ])
  .openapi('StoredEvent');

/** Events that are sent while they happen and never again. */
export const liveEventSchema = z
  .union([
    z.object({ status: z.literal('token'), text: z.string(), after: z.number().int() }).openapi('TokenEvent'),
    eventHeadSchema
      .extend({
        status: z.literal('progress'),
        state: z.literal('running'),
        step: z.string(),
        after: z.number().int().meta({ description: '`seq` of the latest stored event.' }),
      })
      .openapi('RunningEvent'),
  ])
  .openapi('LiveEvent');

/** What streams of a job send, over SSE and WebSocket alike. */
export const jobEventSchema = z.union([storedEventSchema, liveEventSchema]).openapi('JobEvent');

export type StoredEventView = z.infer<typeof storedEventSchema>;
export type JobEventView = z.infer<typeof jobEventSchema>;
