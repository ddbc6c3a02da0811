import { toolSchemas } from '@atelier/sdk';
import { z } from '@hono/zod-openapi';
import { editSchema } from '../http/edit-schemas.ts';
import { imageInfoSchema, sessionIdSchema } from '../http/schemas.ts';

const size = z.object({ width: z.number(), height: z.number() });

/** A picture of a session: what is known without reading its file. */
const sessionImageSchema = imageInfoSchema.pick({ id: true, width: true, height: true, url: true }).extend({
  previewUrl: z.string().openapi({ description: 'Signed: the picture, at most 512 pixels wide.' }),
});

const protectRuleSchema = z.union([
  z.enum(['faces', 'text']),
  z.object({ phrase: z.string() }),
  z.object({ box: toolSchemas.segment_object.input.shape.box.unwrap(), size: size.optional() }),
  z.object({ mask: z.string().openapi({ description: 'Id of a mask.' }) }),
]);

export const sessionSchema = z
  .object({
    id: z.string(),
    current: sessionImageSchema.nullable().openapi({ description: 'The picture that the next request is about.' }),
    images: z.array(sessionImageSchema),
    head: z
      .string()
      .nullable()
      .openapi({ description: 'The edit that `current` shows; null for a picture as it came.' }),
    edits: z.number().int().openapi({ description: 'How many the history has, on all branches.' }),
    protect: z.array(protectRuleSchema).openapi({ description: 'What no edit of this session changes.' }),
    activeJob: z
      .object({ job_id: z.string(), state: z.enum(['queued', 'running', 'waiting']), url: z.string() })
      .nullable()
      .openapi({ description: 'The job at work, or the one that is next.' }),
    urls: z.object({ self: z.string(), history: z.string(), recipe: z.string() }),
  })
  .openapi('Session');

/** A session in a list. */
export const sessionEntrySchema = sessionSchema
  .pick({ id: true, current: true, head: true, edits: true })
  .extend({ usedAt: z.string().openapi({ description: 'When it was last used, to the hour. ISO 8601.' }) })
  .openapi('SessionEntry');

export const historySchema = z
  .object({
    nodes: z
      .array(
        editSchema
          .extend({
            url: z.string().openapi({ description: 'Signed: the picture that the edit made.' }),
            previewUrl: z.string(),
          })
          .openapi('HistoryNode'),
      )
      .openapi({ description: 'Every edit, also those that were undone, in the order they were made.' }),
    head: z.string().nullable(),
    current: z.string().nullable(),
    currentUrl: z.string().nullable(),
  })
  .openapi('History');

export const sessionParam = z.object({
  id: z.string().openapi({ param: { name: 'id', in: 'path' }, example: 'session_4f1c2b7a9d3e48c6a5b0d1e2f3a4b5c6' }),
});

const editId = z
  .string()
  .max(128)
  .openapi({ example: 'edit_4f1c2b7a9d3e48c6a5b0d1e2f3a4b5c6', description: 'Id of an edit in the history.' });

export const undoRequestSchema = z
  .strictObject({
    edit: editId.optional().openapi({ description: 'Default: the latest edit of the current picture.' }),
    later: z.enum(['keep', 'drop']).optional().openapi({
      description: 'What becomes of the edits made after it: made again without it (default), or taken back with it.',
    }),
  })
  .openapi('UndoRequest');

export const undoneSchema = sessionSchema
  .extend({
    undone: z.string(),
    replayed: z.array(z.string()).openapi({ description: 'The later edits as they were made again, in order.' }),
    stopped: z
      .object({ edit: z.string(), tool: z.string(), code: z.string(), message: z.string() })
      .nullable()
      .openapi({ description: 'The first later edit that no longer applies, and why.' }),
  })
  .openapi('Undone');

export const gotoRequestSchema = z
  .strictObject({
    edit: editId.nullable().openapi({ description: 'null: the picture that the current path began with.' }),
  })
  .openapi('GotoRequest');

export const branchRequestSchema = z
  .strictObject({
    at: editId.nullable().optional().openapi({ description: 'The edit to go on from. Default: the head.' }),
    id: sessionIdSchema.optional().openapi({ description: "The new session's id. Default: a new one." }),
  })
  .openapi('BranchRequest');
