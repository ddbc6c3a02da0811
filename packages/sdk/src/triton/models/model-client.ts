import type { TritonCallOptions } from '../client-options.ts';
import type { ParameterValue } from '../wire/tensor.ts';
import type { AnyModel, ModelTypes } from './model-types.ts';

export interface ModelCallOptions<M extends ModelTypes> extends TritonCallOptions {
  /** Outputs wanted. Default: all. */
  readonly outputs?: readonly (keyof M['outputs'] & string)[];
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly id?: string;
  readonly priority?: number;
}

interface Infers<M extends ModelTypes> {
  /** One response, its outputs by name. Inputs are checked against the model's configuration, which is read once. */
  infer(inputs: M['inputs'], options?: ModelCallOptions<M>): Promise<M['outputs']>;
}

interface Streams<M extends ModelTypes> {
  /** Every response as it comes: an output that a response does not carry is absent. Ending the iteration early cancels. */
  stream(inputs: M['inputs'], options?: ModelCallOptions<M>): AsyncIterable<Partial<M['outputs']>>;
}

/** One model of a server. A model whose types say that it streams has no `infer`, and the other way round. */
export type ModelClient<M extends ModelTypes = AnyModel> = { readonly name: string } & (boolean extends M['decoupled']
  ? Infers<M> & Streams<M>
  : M['decoupled'] extends true
    ? Streams<M>
    : Infers<M>);
