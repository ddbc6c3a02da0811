import { z } from 'zod';
import { cautionSchema } from '../environment/caution.ts';

/** What `python -m atelier_models.weights.pull --json` writes, a line each; its docstring has the meaning. */

const plannedSchema = z.object({
  model: z.string(),
  id: z.string(),
  state: z.string(),
  bytes: z.number(),
  bytes_to_fetch: z.number(),
  licence: z.string().nullable(),
  licence_means: z.string().nullable(),
  licence_url: z.string().nullable(),
  gated: z.boolean(),
  gate_url: z.string().nullable(),
  remote_code: z.boolean(),
  caution: cautionSchema.nullable(),
});

const eventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('plan'),
    models: z.array(plannedSchema),
    bytes: z.number(),
    bytes_to_fetch: z.number(),
    free_bytes: z.number(),
    cache: z.string(),
  }),
  z.object({ event: z.literal('question') }),
  z.object({
    event: z.literal('progress'),
    model: z.string(),
    phase: z.string(),
    bytes: z.number(),
    total: z.number(),
  }),
  z.object({ event: z.literal('fetched'), model: z.string(), bytes: z.number(), seconds: z.number() }),
  z.object({
    event: z.literal('error'),
    code: z.string(),
    message: z.string(),
    model: z.string().nullable(),
    url: z.string().nullable(),
    retryable: z.boolean(),
  }),
  z.object({
    event: z.literal('done'),
    ok: z.boolean(),
    models: z.array(
      z.object({
        model: z.string(),
        id: z.string(),
        revision: z.string().nullable(),
        folder: z.string().nullable(),
        state: z.enum(['complete', 'folder', 'planned', 'failed']),
      }),
    ),
  }),
]);

export type PullEvent = z.infer<typeof eventSchema>;
export type PullPlan = Extract<PullEvent, { event: 'plan' }>;
export type PlannedModel = PullPlan['models'][number];
export type PullProblem = Extract<PullEvent, { event: 'error' }>;
export type PullDone = Extract<PullEvent, { event: 'done' }>;

/** The event of a line; undefined for one that this version does not know. */
export function readPullEvent(line: string): PullEvent | undefined {
  try {
    return eventSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
