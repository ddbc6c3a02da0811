import { z } from 'zod';
import {
  type LogSettings,
  type ModelConfig,
  type ModelMetadata,
  type ModelStatistics,
  modelConfigSchema,
  modelMetadataSchema,
  modelStatisticsSchema,
  type RepositoryEntry,
  repositoryEntrySchema,
  type ServerMetadata,
  serverMetadataSchema,
  type TraceSettings,
} from '../server-documents.ts';
import type { HttpTransport, LoadOptions, RawInferRequest, TransportCall, TransportOptions } from '../transport.ts';
import type { InferRequest, InferResponse } from '../wire/index.ts';
import { parseAddress } from './address.ts';
import { openConnections } from './connections.ts';
import { fetchDocument } from './documents.ts';
import { HttpCalls } from './http-calls.ts';
import { inferOverHttp, inferRawOverHttp } from './infer.ts';
import { modelPath } from './paths.ts';
import { answersYes } from './readiness.ts';
import { loadModel, unloadModel } from './repository.ts';
import { GenerateStream } from './stream/generate-stream.ts';
import { ModelMetadataCache } from './stream/model-metadata-cache.ts';

const modelStatisticsReply = z.looseObject({ model_stats: z.array(modelStatisticsSchema) });
const traceSettingsReply = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const logSettingsReply = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** KServe v2 over HTTP/1.1. A path in the url is a prefix: `https://host/triton`. Throws `invalid-input` for a wrong url. */
export function createHttpTransport(options: TransportOptions): HttpTransport {
  return new UndiciTransport(options);
}

class UndiciTransport implements HttpTransport {
  readonly kind = 'http';
  readonly #calls: HttpCalls;
  readonly #metadata: ModelMetadataCache;

  constructor(options: TransportOptions) {
    const address = parseAddress(options.url);
    this.#calls = new HttpCalls(address, openConnections(address.origin, options), options);
    this.#metadata = new ModelMetadataCache((model, version, call) => this.modelMetadata(model, version, call));
  }

  get server(): string {
    return this.#calls.address.server;
  }

  async infer(request: InferRequest, call: TransportCall): Promise<InferResponse> {
    return await inferOverHttp(this.#calls, request, call);
  }

  async inferRaw(request: RawInferRequest, call: TransportCall): Promise<InferResponse> {
    return await inferRawOverHttp(this.#calls, request, call);
  }

  stream(request: InferRequest, call: TransportCall): AsyncIterable<InferResponse> {
    return new GenerateStream(this.#calls, this.#metadata, request, call);
  }

  async live(call: TransportCall): Promise<boolean> {
    return await answersYes(this.#calls, '/v2/health/live', this.#calls.context(undefined), call);
  }

  async ready(call: TransportCall): Promise<boolean> {
    return await answersYes(this.#calls, '/v2/health/ready', this.#calls.context(undefined), call);
  }

  async modelReady(model: string, version: string | undefined, call: TransportCall): Promise<boolean> {
    return await answersYes(this.#calls, `${modelPath(model, version)}/ready`, this.#calls.context(model), call);
  }

  async serverMetadata(call: TransportCall): Promise<ServerMetadata> {
    return await fetchDocument(this.#calls, { path: '/v2' }, serverMetadataSchema, call);
  }

  async modelMetadata(model: string, version: string | undefined, call: TransportCall): Promise<ModelMetadata> {
    return await fetchDocument(this.#calls, { path: modelPath(model, version), model }, modelMetadataSchema, call);
  }

  async modelConfig(model: string, version: string | undefined, call: TransportCall): Promise<ModelConfig> {
    const path = `${modelPath(model, version)}/config`;
    return await fetchDocument(this.#calls, { path, model }, modelConfigSchema, call);
  }

  async statistics(
    model: string | undefined,
    version: string | undefined,
    call: TransportCall,
  ): Promise<ModelStatistics[]> {
    const path = model === undefined ? '/v2/models/stats' : `${modelPath(model, version)}/stats`;
    return (await fetchDocument(this.#calls, { path, model }, modelStatisticsReply, call)).model_stats;
  }

  async repositoryIndex(call: TransportCall): Promise<RepositoryEntry[]> {
    return await fetchDocument(
      this.#calls,
      { path: '/v2/repository/index', body: {} },
      z.array(repositoryEntrySchema),
      call,
    );
  }

  async load(model: string, options: LoadOptions, call: TransportCall): Promise<void> {
    this.#metadata.forget();
    await loadModel(this.#calls, model, options, call);
    this.#metadata.forget();
  }

  async unload(model: string, options: { readonly dependents?: boolean }, call: TransportCall): Promise<void> {
    await unloadModel(this.#calls, model, options, call);
    this.#metadata.forget();
  }

  async traceSettings(
    model: string | undefined,
    change: TraceSettings | undefined,
    call: TransportCall,
  ): Promise<TraceSettings> {
    const path = `${model === undefined ? '/v2' : modelPath(model, undefined)}/trace/setting`;
    return await fetchDocument(this.#calls, { path, model, body: change }, traceSettingsReply, call);
  }

  async logSettings(change: LogSettings | undefined, call: TransportCall): Promise<LogSettings> {
    return await fetchDocument(this.#calls, { path: '/v2/logging', body: change }, logSettingsReply, call);
  }

  async close(): Promise<void> {
    await this.#calls.dispatcher.destroy();
  }
}
