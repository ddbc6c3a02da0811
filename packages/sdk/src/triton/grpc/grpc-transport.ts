import { z } from 'zod';
import { loadFiles } from '../load-files.ts';
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
import type { LoadOptions, Transport, TransportCall, TransportOptions } from '../transport.ts';
import type { InferRequest, InferResponse } from '../wire/tensor.ts';
import { GrpcCalls } from './grpc-calls.ts';
import { inferOverGrpc, streamOverGrpc } from './infer.ts';
import {
  logChangeOf,
  logReplySchema,
  logSettingsOf,
  traceChangeOf,
  traceReplySchema,
  traceSettingsOf,
} from './settings.ts';

const configReply = z.object({ config: modelConfigSchema });
const statisticsReply = z.object({ model_stats: z.array(modelStatisticsSchema) });
const indexReply = z.object({ models: z.array(repositoryEntrySchema) });

/** KServe v2 over gRPC; `https` is TLS. Throws `invalid-input` for a wrong url, or one with a path. */
export function createGrpcTransport(options: TransportOptions): Transport {
  return new GrpcTransport(options);
}

class GrpcTransport implements Transport {
  readonly kind = 'grpc';
  readonly server: string;
  readonly #calls: GrpcCalls;

  constructor(options: TransportOptions) {
    this.#calls = new GrpcCalls(options);
    this.server = this.#calls.server;
  }

  async infer(request: InferRequest, call: TransportCall): Promise<InferResponse> {
    return await inferOverGrpc(this.#calls, request, call);
  }

  stream(request: InferRequest, call: TransportCall): AsyncIterable<InferResponse> {
    return streamOverGrpc(this.#calls, request, call);
  }

  async live(call: TransportCall): Promise<boolean> {
    return await this.#calls.answersYes('ServerLive', {}, 'live', call);
  }

  async ready(call: TransportCall): Promise<boolean> {
    return await this.#calls.answersYes('ServerReady', {}, 'ready', call);
  }

  async modelReady(model: string, version: string | undefined, call: TransportCall): Promise<boolean> {
    return await this.#calls.answersYes('ModelReady', named(model, version), 'ready', call, model);
  }

  async serverMetadata(call: TransportCall): Promise<ServerMetadata> {
    return this.#calls.parse(await this.#calls.plain('ServerMetadata', {}, call), serverMetadataSchema);
  }

  async modelMetadata(model: string, version: string | undefined, call: TransportCall): Promise<ModelMetadata> {
    const document = await this.#calls.plain('ModelMetadata', named(model, version), call, model);
    return this.#calls.parse(document, modelMetadataSchema, model);
  }

  async modelConfig(model: string, version: string | undefined, call: TransportCall): Promise<ModelConfig> {
    const document = await this.#calls.plain('ModelConfig', named(model, version), call, model);
    return this.#calls.parse(document, configReply, model).config;
  }

  async statistics(
    model: string | undefined,
    version: string | undefined,
    call: TransportCall,
  ): Promise<ModelStatistics[]> {
    const document = await this.#calls.plain('ModelStatistics', named(model, version), call, model);
    return this.#calls.parse(document, statisticsReply, model).model_stats;
  }

  async repositoryIndex(call: TransportCall): Promise<RepositoryEntry[]> {
    return this.#calls.parse(await this.#calls.plain('RepositoryIndex', {}, call), indexReply).models;
  }

  async load(model: string, options: LoadOptions, call: TransportCall): Promise<void> {
    const { config } = options;
    const files = loadFiles(model, options);
    const parameters = {
      ...(config === undefined ? {} : { config: { string_param: JSON.stringify(config) } }),
      ...Object.fromEntries(files.map(([path, bytes]) => [`file:${path}`, { bytes_param: bytes }])),
    };
    await this.#calls.plain('RepositoryModelLoad', { model_name: model, parameters }, call, model);
  }

  async unload(
    model: string,
    { dependents = false }: { readonly dependents?: boolean },
    call: TransportCall,
  ): Promise<void> {
    const parameters = { unload_dependents: { bool_param: dependents } };
    await this.#calls.plain('RepositoryModelUnload', { model_name: model, parameters }, call, model);
  }

  async traceSettings(
    model: string | undefined,
    change: TraceSettings | undefined,
    call: TransportCall,
  ): Promise<TraceSettings> {
    const request = { settings: traceChangeOf(change ?? {}), model_name: model ?? '' };
    const document = await this.#calls.plain('TraceSetting', request, call, model);
    return traceSettingsOf(this.#calls.parse(document, traceReplySchema, model));
  }

  async logSettings(change: LogSettings | undefined, call: TransportCall): Promise<LogSettings> {
    const document = await this.#calls.plain('LogSettings', { settings: logChangeOf(change ?? {}) }, call);
    return logSettingsOf(this.#calls.parse(document, logReplySchema));
  }

  async close(): Promise<void> {
    this.#calls.inFlight.close();
  }
}

const named = (name = '', version = ''): { name: string; version: string } => ({ name, version });
