import { receiptSchema, verificationSchema } from '@atelier/sdk';
import { z } from 'zod';
import { errorSchema, head, outcome } from './json-outcome.ts';
import {
  keysCreateOutputSchema,
  keysListOutputSchema,
  keysRevokeOutputSchema,
  serveOutputSchema,
} from './json-server-output.ts';

/** What `--json` prints: exactly one of these objects on standard output. README.md describes the fields. */

const boxSchema = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** COCO run-length form, compressed: `size` is [height, width]. */
const rleSchema = z.strictObject({ size: z.tuple([z.number().int(), z.number().int()]), counts: z.string() });

const imageSchema = z.strictObject({
  id: z.string().regex(/^img_[0-9a-f]{32}$/),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});

const editSchema = z.strictObject({
  id: z.string(),
  tool: z.string(),
  label: z.string().nullable(),
  operation: z.string().nullable(),
  receipt: receiptSchema.strict(),
  verified: verificationSchema.strict(),
  /** Everything the edit was allowed to touch. */
  mask: rleSchema,
  /** What was to be changed, before it was grown and feathered; null where the edit did not keep it. */
  selected: rleSchema.nullable(),
});

/** An edit that was planned and not made. */
const notDoneSchema = z.strictObject({
  id: z.string(),
  tool: z.string(),
  target: z.string().optional(),
  message: z.string(),
});

export const editOutputSchema = z.strictObject({
  command: z.literal('edit'),
  ...head,
  brain: z.string(),
  answer: z.string().nullable(),
  output: z.string().nullable(),
  output_image_url: z.string().startsWith('file:').nullable(),
  image: imageSchema.nullable(),
  /** The picture has transparency and the file, a JPEG, has none: it was laid on white. */
  flattened: z.boolean(),
  edits: z.array(editSchema),
  /** Edits that were planned and not made, although the brain came to an end. */
  notDone: z.array(notDoneSchema),
  verified: z.boolean(),
  /** The session that the edit belongs to; null without `--session`. */
  session: z.string().nullable(),
  /** The recipe's file; null where none was written. */
  recipe: z.string().nullable(),
});

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

const batchPhotoSchema = z.strictObject({
  /** `left`: its turn never came, since the batch was stopped. */
  state: z.enum(['done', 'failed', 'left']),
  input: z.string(),
  inputSha256: sha256Schema.nullable(),
  output: z.string().nullable(),
  outputSha256: sha256Schema.nullable(),
  verified: z.boolean(),
  /** Why it is not. */
  reasons: z.array(z.string()),
  /** It was there already, made of the same photo by the same recipe. */
  kept: z.boolean(),
  /** @property step of the recipe, from 1 */
  error: errorSchema.extend({ step: z.number().int().positive().optional() }).optional(),
});

const whole = z.number().int().nonnegative();

export const batchOutputSchema = z.strictObject({
  command: z.literal('batch'),
  ...head,
  /** Of the recipe and the backends' names. */
  recipeSha256: sha256Schema.nullable(),
  folder: z.string().nullable(),
  /** The file with the same report; null where the batch was stopped. */
  report: z.string().nullable(),
  counts: z.strictObject({
    photos: whole,
    done: whole,
    kept: whole,
    notVerified: whole,
    failed: whole,
    left: whole,
  }),
  photos: z.array(batchPhotoSchema),
});

export const askOutputSchema = z.strictObject({
  command: z.literal('ask'),
  ...head,
  answer: z.string().nullable(),
  confidence: z.number().min(0).max(1).optional(),
  backend: z.string().nullable(),
  model: z.string().nullable(),
});

export const detectOutputSchema = z.strictObject({
  command: z.literal('detect'),
  ...head,
  image: imageSchema.nullable(),
  detections: z.array(z.strictObject({ label: z.string(), score: z.number(), phrase: z.string(), box: boxSchema })),
  /** Phrases that nothing answers to, as they were written. */
  notFound: z.array(z.string()),
  overlay: z.string().nullable(),
});

export const segmentOutputSchema = z.strictObject({
  command: z.literal('segment'),
  ...head,
  image: imageSchema.nullable(),
  mask: rleSchema.nullable(),
  area: z.number().int().nonnegative().nullable(),
  box: boxSchema.nullable(),
  output: z.string().nullable(),
  output_image_url: z.string().startsWith('file:').nullable(),
  overlay: z.string().nullable(),
  maskFile: z.string().nullable(),
});

export const tritonTypesOutputSchema = z.strictObject({
  command: z.literal('triton types'),
  ...outcome,
  server: z.string().nullable(),
  models: z.array(z.string()),
  /** Models that are not ready, and so are not in the file. */
  skipped: z.array(z.string()),
  /** The file written; null where the source goes to standard output. */
  output: z.string().nullable(),
  /** TypeScript; null where a file was written. */
  source: z.string().nullable(),
});

const count = z.number().int().nonnegative();
const mean = z.number().nonnegative().nullable();

const tritonModelSchema = z.strictObject({
  name: z.string(),
  /** Null for a model that was never loaded. */
  version: z.string().nullable(),
  /** In the server's words: `READY`, `UNAVAILABLE`, `LOADING`, `UNLOADING`; null for a model that was never loaded. */
  state: z.string().nullable(),
  ready: z.boolean(),
  /** Why it is not ready, in the server's words. */
  reason: z.string().nullable(),
  /** Since the model was loaded; null, as all that follows, where the server counts nothing for it. */
  requests: z.strictObject({ ok: count, failed: count }).nullable(),
  /** Mean over the requests that succeeded, in milliseconds; null before the first. */
  queueMs: mean,
  /** The same over those that the response cache did not answer; null also for a model that answers with a stream. */
  computeMs: mean,
  /** Mean over the executions. */
  batchSize: mean,
  /** Part of the requests that the response cache answered, 0..1; null where nothing was looked up in it. */
  cacheHits: z.number().min(0).max(1).nullable(),
  /** When it last computed something: ISO 8601; null: never. */
  lastUsed: z.string().nullable(),
});

const tritonServerSchema = z.strictObject({
  /** The address asked, without credentials. */
  server: z.string(),
  live: z.boolean(),
  ready: z.boolean(),
  name: z.string().nullable(),
  version: z.string().nullable(),
  models: z.array(tritonModelSchema),
  /** The server keeps its list of models to itself: only those that are loaded are in `models`. */
  loadedOnly: z.literal(true).optional(),
  /** Where this server could not be asked, while others could. */
  error: errorSchema.optional(),
});

export const tritonStatusOutputSchema = z.strictObject({
  command: z.literal('triton status'),
  ...outcome,
  /** In the order in which they were named. */
  servers: z.array(tritonServerSchema),
});

export const tritonUpOutputSchema = z.strictObject({
  command: z.literal('triton up'),
  ...outcome,
  /** Where it takes requests: printed when it is ready, and it runs on until it is stopped. Null where it does not run. */
  url: z.string().nullable(),
  grpcUrl: z.string().nullable(),
  metricsUrl: z.string().nullable(),
  /** Process id of the server. */
  pid: z.number().int().positive().nullable(),
  profile: z.enum(['full', 'miniature', 'random']).nullable(),
  device: z.enum(['cuda', 'cpu']).nullable(),
  /** The interpreter that runs the models. */
  python: z.string().nullable(),
  models: z.array(
    z.strictObject({
      name: z.string(),
      ready: z.boolean(),
      /** Milliseconds to load it and warm it up. */
      loadMs: count,
      /** Why it is not ready, in its own words. */
      reason: z.string().nullable(),
    }),
  ),
});

export const tritonPullOutputSchema = z.strictObject({
  command: z.literal('triton pull'),
  ...outcome,
  /** The hub's cache on this machine. */
  cache: z.string().nullable(),
  models: z.array(
    z.strictObject({
      name: z.string(),
      /** On the hub, or a folder. */
      id: z.string(),
      revision: z.string().nullable(),
      /** Where the weights lie; null where they could not be fetched, or were not with `--dry-run`. */
      folder: z.string().nullable(),
      state: z.enum(['complete', 'folder', 'planned', 'failed']),
      bytes: count.nullable(),
      licence: z.string().nullable(),
      licenceUrl: z.string().nullable(),
      gated: z.boolean().nullable(),
      /** Why it could not be fetched, by the codes of the pull. */
      error: z.strictObject({ code: z.string(), message: z.string(), url: z.string().nullable() }).nullable(),
    }),
  ),
});

/** A command line that made no sense, or an atelier that cannot start: nothing ran. */
export const notRunOutputSchema = z.strictObject({
  command: z.string().nullable(),
  status: z.literal('failure'),
  error: errorSchema.extend({ code: z.enum(['bad-usage', 'unsupported-node', 'not-built']) }),
});

/** Everything `--json` can print. */
export const jsonOutputSchema = z.union([
  editOutputSchema,
  batchOutputSchema,
  askOutputSchema,
  detectOutputSchema,
  segmentOutputSchema,
  tritonTypesOutputSchema,
  tritonStatusOutputSchema,
  tritonUpOutputSchema,
  tritonPullOutputSchema,
  serveOutputSchema,
  keysCreateOutputSchema,
  keysListOutputSchema,
  keysRevokeOutputSchema,
  notRunOutputSchema,
]);

export type JsonError = z.infer<typeof errorSchema>;
export type EditOutput = z.infer<typeof editOutputSchema>;
export type BatchOutput = z.infer<typeof batchOutputSchema>;
export type AskOutput = z.infer<typeof askOutputSchema>;
export type DetectOutput = z.infer<typeof detectOutputSchema>;
export type SegmentOutput = z.infer<typeof segmentOutputSchema>;
export type TritonTypesOutput = z.infer<typeof tritonTypesOutputSchema>;
export type TritonModelStatus = z.infer<typeof tritonModelSchema>;
export type TritonServerStatus = z.infer<typeof tritonServerSchema>;
export type TritonStatusOutput = z.infer<typeof tritonStatusOutputSchema>;
export type TritonUpOutput = z.infer<typeof tritonUpOutputSchema>;
export type TritonPullOutput = z.infer<typeof tritonPullOutputSchema>;
export type JsonOutput = z.infer<typeof jsonOutputSchema>;
