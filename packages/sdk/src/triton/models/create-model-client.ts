import type { TritonCallOptions } from '../client/client-options.ts';
import { StoppableStream, type TritonStream } from '../client/stoppable-stream.ts';
import { InvalidInputError, ModelNotFoundError, RequestRejectedError } from '../errors.ts';
import type { ModelConfig } from '../server-documents.ts';
import type { InferRequest, InferResponse } from '../wire/tensor.ts';
import { inputTensors } from './input-tensors.ts';
import type { ModelCallOptions, ModelClient } from './model-client.ts';
import type { AnyModel, ModelTypes } from './model-types.ts';

/** The client of one model out of a server's models. */
export type ModelOf<Models extends object, Name extends keyof Models> = Models[Name] extends ModelTypes
  ? ModelClient<Models[Name]>
  : never;

interface Caller {
  infer(request: InferRequest, options?: TritonCallOptions): Promise<InferResponse>;
  stream(request: InferRequest, options?: TritonCallOptions): AsyncIterable<InferResponse>;
}

/** Where the model's configuration comes from. It is forgotten after an error that a changed model would explain. */
interface ConfigSource {
  known(): ModelConfig | undefined;
  read(options: TritonCallOptions): Promise<ModelConfig>;
  forget(): void;
  /** Of a call that says nothing else, milliseconds. */
  readonly timeoutMs: number;
}

export function createModelClient<Models extends object, Name extends keyof Models & string>(
  caller: Caller,
  name: Name,
  version: string | undefined,
  config: ConfigSource,
): ModelOf<Models, Name> {
  // The types are what the generated file says of this model; at run time every model has both methods.
  return new UntypedModelClient(caller, name, version, config) as unknown as ModelOf<Models, Name>;
}

class UntypedModelClient {
  readonly name: string;
  readonly #caller: Caller;
  readonly #version: string | undefined;
  readonly #config: ConfigSource;

  constructor(caller: Caller, name: string, version: string | undefined, config: ConfigSource) {
    this.name = name;
    this.#caller = caller;
    this.#version = version;
    this.#config = config;
  }

  async infer(inputs: object, options: ModelCallOptions<AnyModel> = {}): Promise<InferResponse['outputs']> {
    const began = performance.now();
    const request = await this.#requestOf(inputs, options);
    // Reading the configuration takes from the call's time.
    const left = (options.timeoutMs ?? this.#config.timeoutMs) - (performance.now() - began);
    const timeoutMs = Math.max(1, Math.ceil(left));
    try {
      return (await this.#caller.infer(request, { ...options, timeoutMs })).outputs;
    } catch (error) {
      this.#forgetAfter(error);
      throw error;
    }
  }

  stream(inputs: object, options: ModelCallOptions<AnyModel> = {}): TritonStream<InferResponse['outputs']> {
    return new StoppableStream((signal) => this.#stream(inputs, { ...options, signal }), options.signal);
  }

  async *#stream(inputs: object, options: ModelCallOptions<AnyModel>): AsyncGenerator<InferResponse['outputs'], void> {
    const request = await this.#requestOf(inputs, options);
    try {
      for await (const response of this.#caller.stream(request, options)) yield response.outputs;
    } catch (error) {
      this.#forgetAfter(error);
      throw error;
    }
  }

  async #requestOf(inputs: object, options: ModelCallOptions<AnyModel>): Promise<InferRequest> {
    const { outputs, parameters, id, priority } = options;
    const tensors = await this.#tensorsOf(inputs, options);
    return { model: this.name, version: this.#version, id, inputs: tensors, outputs, parameters, priority };
  }

  /** What is known may be of a model that was changed since: before inputs are refused it is read again. */
  async #tensorsOf(inputs: object, options: TritonCallOptions): Promise<InferRequest['inputs']> {
    // An object with names as keys, whatever its declared type.
    const values = inputs as Readonly<Record<string, unknown>>;
    const known = this.#config.known();
    try {
      if (known) return inputTensors(known, values);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
    }
    const { signal, timeoutMs, headers, trace, routeKey, transport } = options;
    return inputTensors(await this.#config.read({ signal, timeoutMs, headers, trace, routeKey, transport }), values);
  }

  #forgetAfter(error: unknown): void {
    if (error instanceof RequestRejectedError || error instanceof ModelNotFoundError) this.#config.forget();
  }
}
