import { createHash } from 'node:crypto';
import { z } from 'zod';
import { protectedSchema, receiptSchema, verificationSchema } from '../capabilities/shared/receipt.ts';
import { boxSchema } from '../image/geometry.ts';

const sizeSchema = z.object({ width: z.number(), height: z.number() });

const thingSchema = z.object({ label: z.string(), score: z.number(), box: boxSchema, phrase: z.string() });

/** Where an edit found what it was about, so that the same thing can be told from others on another base. */
export const editTargetSchema = z.object({
  /** Size of the picture it was found in. */
  size: sizeSchema,
  /** What words led to; empty where a box, or a mask without words, was given. */
  things: z.array(thingSchema),
});
export type EditTarget = z.infer<typeof editTargetSchema>;

/** One edit: a node of the session's graph, addressed by what it did to what. */
export const editNodeSchema = z.object({
  id: z.string(),
  /** The edit it was made on top of; null for an edit of a picture as it came. */
  parent: z.string().nullable(),
  /** Name of the tool and its input, enough to do it again exactly: the seed is filled in. */
  tool: z.string(),
  input: z.record(z.string(), z.unknown()),
  /** What the edited thing was recognised as. */
  label: z.string().optional(),
  /** Absent in edits that were stored before it was kept. */
  target: editTargetSchema.optional(),
  /** The edit that this one repeats on another base, after one before it was undone. */
  replays: z.string().optional(),
  receipt: receiptSchema,
  verified: verificationSchema,
});
export type EditNode = z.infer<typeof editNodeSchema>;

const knownImageSchema = z.object({ id: z.string(), width: z.number(), height: z.number() });
export type KnownImage = z.infer<typeof knownImageSchema>;

/** What no edit may change: every face, every piece of text, a thing named by a phrase, a box in pixels, a mask by its id. */
export const protectRuleSchema = z.union([
  z.enum(['faces', 'text']),
  z.object({ phrase: z.string().min(1).max(200) }).readonly(),
  /** The size is that of the picture that the box was given for; its pixels mean nothing in pictures of another size. */
  z.object({ box: boxSchema, size: sizeSchema.optional() }).readonly(),
  z.object({ mask: z.string() }).readonly(),
]);
export type ProtectRule = z.infer<typeof protectRuleSchema>;

const protectionRecordSchema = z.object({
  /** Id of the mask; null where nothing was found. */
  mask: z.string().nullable(),
  rules: protectedSchema.unwrap().shape.rules,
  /** Which of the session's rules it is about; absent: all of them, in records that were stored before rules could be added. */
  covers: z.array(protectRuleSchema).readonly().optional(),
});
export type ProtectionRecord = z.infer<typeof protectionRecordSchema>;

/** A session as it is stored: everything but the pixels, which the AssetStore keeps. */
export const sessionRecordSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  /** Counts saves, from 1. */
  revision: z.number().int(),
  /** Every picture that was loaded, generated or made by an edit, in order. */
  images: z.array(knownImageSchema),
  /** The picture that the next request is about. */
  current: z.string().nullable(),
  edits: z.array(editNodeSchema),
  /** The edit that `current` shows; null for a picture as it came. */
  head: z.string().nullable(),
  /** What no edit of this session may change, as it was asked for. */
  protect: z.array(protectRuleSchema).default([]),
  /** By image id: what was found to protect in it. Found once, in the picture as it came, and carried along by its edits. */
  protections: z.record(z.string(), protectionRecordSchema).default({}),
  /** AI SDK model messages of earlier runs. */
  messages: z.array(z.unknown()),
  /** Ids of the runs whose messages are kept, so that a run committed twice is committed once. */
  runs: z.array(z.string()).default([]),
});
export type SessionRecord = z.infer<typeof sessionRecordSchema>;

/** `edit_` + 32 hex digits of SHA-256 over parent, tool, input and result: the same edit done twice is the same node. */
export function editId(node: Pick<EditNode, 'parent' | 'tool' | 'input' | 'receipt'>): string {
  const content = JSON.stringify([
    node.parent,
    node.tool,
    sortKeys(node.input),
    node.receipt.before,
    node.receipt.after,
  ]);
  return `edit_${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)]),
  );
}
