import type { TritonCallOptions } from '../client/client-options.ts';
import type { ParameterValue } from '../wire/tensor.ts';
import type { AnyModel, ModelTypes } from './model-types.ts';

type OutputName<M extends ModelTypes> = keyof M['outputs'] & string;
type OutputNames<M extends ModelTypes> = readonly OutputName<M>[] | undefined;

export interface ModelCallOptions<M extends ModelTypes, Names extends OutputNames<M> = OutputNames<M>>
  extends TritonCallOptions {
  /** Outputs wanted; the result has these alone. Default: all. */
  readonly outputs?: Names;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly id?: string;
  readonly priority?: number;
}

/** The outputs that were asked for: all unless named. Of a list whose names the compiler cannot know, any may be absent. */
export type ChosenOutputs<M extends ModelTypes, Names extends OutputNames<M>> = Names extends readonly OutputName<M>[]
  ? number extends Names['length']
    ? Partial<M['outputs']>
    : Pick<M['outputs'], Names[number]>
  : M['outputs'];

interface Infers<M extends ModelTypes> {
  /** One response, its outputs by name. Inputs are checked against the model's configuration, which is read once. */
  infer<const Names extends OutputNames<M> = undefined>(
    inputs: M['inputs'],
    options?: ModelCallOptions<M, Names>,
  ): Promise<ChosenOutputs<M, Names>>;
}

interface Streams<M extends ModelTypes> {
  /** Every response as it comes: an output that a response does not carry is absent. Ending the iteration early cancels. */
  stream<const Names extends OutputNames<M> = undefined>(
    inputs: M['inputs'],
    options?: ModelCallOptions<M, Names>,
  ): AsyncIterable<Partial<ChosenOutputs<M, Names>>>;
}

/** One model of a server. A model whose types say that it streams has no `infer`, and the other way round. */
export type ModelClient<M extends ModelTypes = AnyModel> = { readonly name: string } & (boolean extends M['decoupled']
  ? Infers<M> & Streams<M>
  : M['decoupled'] extends true
    ? Streams<M>
    : Infers<M>);
