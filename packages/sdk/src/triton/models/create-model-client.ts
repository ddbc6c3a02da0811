import { unlessAborted } from '../../image/abort.ts';
import type { TritonCallOptions } from '../client-options.ts';
import { ModelNotFoundError, RequestRejectedError } from '../errors.ts';
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
  read(): Promise<ModelConfig>;
  forget(): void;
}

export function createModelClient<Models extends object, Name extends keyof Models & string>(
  caller: Caller,
  name: Name,
  version: string | undefined,
  config: ConfigSource,
): ModelOf<Models, Name> {
  async function requestOf(inputs: object, options: ModelCallOptions<AnyModel>): Promise<InferRequest> {
    const { outputs, parameters, id, priority } = options;
    const model = await unlessAborted(config.read(), options.signal);
    // An object with names as keys, whatever its declared type.
    const tensors = inputTensors(model, inputs as Readonly<Record<string, unknown>>);
    return { model: name, version, id, inputs: tensors, outputs, parameters, priority };
  }
  function forgetAfter(error: unknown): void {
    if (error instanceof RequestRejectedError || error instanceof ModelNotFoundError) config.forget();
  }
  const untyped = {
    name,
    async infer(inputs: object, options: ModelCallOptions<AnyModel> = {}): Promise<InferResponse['outputs']> {
      const request = await requestOf(inputs, options);
      try {
        return (await caller.infer(request, options)).outputs;
      } catch (error) {
        forgetAfter(error);
        throw error;
      }
    },
    async *stream(
      inputs: object,
      options: ModelCallOptions<AnyModel> = {},
    ): AsyncGenerator<InferResponse['outputs'], void> {
      const request = await requestOf(inputs, options);
      try {
        for await (const response of caller.stream(request, options)) yield response.outputs;
      } catch (error) {
        forgetAfter(error);
        throw error;
      }
    },
  };
  // The types are what the generated file says of this model; at run time every model has both methods.
  return untyped as unknown as ModelOf<Models, Name>;
}
