import type { TritonCallOptions, TritonClientOptions } from './client-options.ts';
import type { ModelClient } from './models/model-client.ts';
import type { AnyModels } from './models/model-types.ts';
import type {
  LogSettings,
  ModelConfig,
  ModelMetadata,
  ModelStatistics,
  RepositoryEntry,
  ServerMetadata,
  TraceSettings,
} from './server-documents.ts';
import type { LoadOptions } from './transport.ts';
import type { InferRequest, InferResponse } from './wire/tensor.ts';

/** The public face; implementation under way. */
export interface TritonClient<Models extends object = AnyModels> {
  infer(request: InferRequest, options?: TritonCallOptions): Promise<InferResponse>;
  stream(request: InferRequest, options?: TritonCallOptions): AsyncIterable<InferResponse>;
  model<Name extends keyof Models & string>(
    name: Name,
    version?: string,
  ): Models[Name] extends import('./models/model-types.ts').ModelTypes ? ModelClient<Models[Name]> : never;
  live(options?: TritonCallOptions): Promise<boolean>;
  ready(options?: TritonCallOptions): Promise<boolean>;
  modelReady(model: string, version?: string, options?: TritonCallOptions): Promise<boolean>;
  serverMetadata(options?: TritonCallOptions): Promise<ServerMetadata>;
  modelMetadata(model: string, version?: string, options?: TritonCallOptions): Promise<ModelMetadata>;
  modelConfig(model: string, version?: string, options?: TritonCallOptions): Promise<ModelConfig>;
  statistics(model?: string, version?: string, options?: TritonCallOptions): Promise<ModelStatistics[]>;
  repositoryIndex(options?: TritonCallOptions): Promise<RepositoryEntry[]>;
  load(model: string, load?: LoadOptions, options?: TritonCallOptions): Promise<void>;
  unload(model: string, unload?: { readonly dependents?: boolean }, options?: TritonCallOptions): Promise<void>;
  traceSettings(model?: string, change?: TraceSettings, options?: TritonCallOptions): Promise<TraceSettings>;
  logSettings(change?: LogSettings, options?: TritonCallOptions): Promise<LogSettings>;
  close(): Promise<void>;
}

/** `createTritonClient` is the constructor as a function; both are exported. */
export declare function createTritonClient(options: TritonClientOptions): TritonClient;
