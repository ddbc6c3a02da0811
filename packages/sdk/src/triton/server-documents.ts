import { z } from 'zod';

/** What a server tells about itself and its models. Unknown fields of newer servers are kept, missing ones are defaulted. */

export const serverMetadataSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  extensions: z.array(z.string()).default([]),
});
export type ServerMetadata = z.infer<typeof serverMetadataSchema>;

/** JSON has numbers, gRPC has int64: both arrive here as numbers. */
const integer = z.coerce.number().int();
/** Sums over all requests pass 2^53 nanoseconds on a busy server in days; what is rounded away then does not matter. */
const count = z.coerce.number().nonnegative().default(0);

const tensorMetadataSchema = z.looseObject({
  name: z.string(),
  /** A `Datatype`; kept as text so that a type of a newer server does not break the document. */
  datatype: z.string(),
  /** -1 where it varies; with the batch dimension, if the model has one. */
  shape: z.array(integer).default([]),
});

export const modelMetadataSchema = z.looseObject({
  name: z.string(),
  versions: z.array(z.string()).default([]),
  platform: z.string().default(''),
  inputs: z.array(tensorMetadataSchema).default([]),
  outputs: z.array(tensorMetadataSchema).default([]),
});
export type ModelMetadata = z.infer<typeof modelMetadataSchema>;

const configTensorSchema = z.looseObject({
  name: z.string(),
  /** `TYPE_FP32`, `TYPE_STRING`, ... */
  data_type: z.string(),
  /** Without the batch dimension; -1 where it varies. */
  dims: z.array(integer).default([]),
  optional: z.boolean().default(false),
});

export const modelConfigSchema = z.looseObject({
  name: z.string(),
  platform: z.string().default(''),
  backend: z.string().default(''),
  /** 0: the model has no batch dimension. */
  max_batch_size: integer.default(0),
  input: z.array(configTensorSchema).default([]),
  output: z.array(configTensorSchema).default([]),
  /** `decoupled`: answers with any number of responses. */
  model_transaction_policy: z.looseObject({ decoupled: z.boolean().default(false) }).optional(),
  parameters: z.record(z.string(), z.looseObject({ string_value: z.string().default('') })).default({}),
});
export type ModelConfig = z.infer<typeof modelConfigSchema>;

const durationSchema = z.looseObject({ count, ns: count });
const noDuration = { count: 0, ns: 0 };
const duration = durationSchema.default(noDuration);

const batchStatisticsSchema = z.looseObject({
  batch_size: integer,
  compute_input: duration,
  compute_infer: duration,
  compute_output: duration,
});

export const modelStatisticsSchema = z.looseObject({
  name: z.string(),
  version: z.string().default(''),
  /** Milliseconds since the epoch; 0: never. */
  last_inference: count,
  inference_count: count,
  execution_count: count,
  /** Sums since the model was loaded; nanoseconds. */
  inference_stats: z.looseObject({
    success: duration,
    fail: duration,
    queue: duration,
    compute_input: duration,
    compute_infer: duration,
    compute_output: duration,
    cache_hit: duration,
    cache_miss: duration,
  }),
  batch_stats: z.array(batchStatisticsSchema).default([]),
});
export type ModelStatistics = z.infer<typeof modelStatisticsSchema>;

export const repositoryEntrySchema = z.looseObject({
  name: z.string(),
  version: z.string().default(''),
  /** `READY`, `UNAVAILABLE`, `LOADING`, `UNLOADING`; empty for a model that was never loaded. */
  state: z.string().default(''),
  reason: z.string().default(''),
});
export type RepositoryEntry = z.infer<typeof repositoryEntrySchema>;

/** `trace_level`, `trace_rate`, ...: text or a list of texts; null resets a setting to the server's own. */
export type TraceSettings = Readonly<Record<string, string | readonly string[] | null>>;

/** `log_verbose_level`, `log_info`, ... */
export type LogSettings = Readonly<Record<string, string | number | boolean>>;
