import { ResponseInvalidError } from '../errors.ts';
import type { Datatype, TensorData } from '../wire/datatype.ts';
import type { Tensor } from '../wire/tensor.ts';

/** A response's outputs by name. A response of a stream carries only some. */
export type Outputs = Readonly<Record<string, Tensor | undefined>>;

/** Reads what a model answered, and refuses what breaks its contract with `ResponseInvalidError`. */
export class OutputReader {
  readonly model: string;
  readonly #outputs: Outputs;

  constructor(model: string, outputs: Outputs) {
    this.model = model;
    this.#outputs = outputs;
  }

  has(name: string): boolean {
    return this.#outputs[name] !== undefined;
  }

  /** All elements of an output, row-major, whatever dimensions of 1 are in front. @param row elements of one row, the last side. */
  elements<D extends Datatype>(name: string, datatype: D, row?: number): TensorData[D] {
    const tensor = this.#outputs[name];
    if (!tensor) throw this.refuse(`no output ${name}`);
    if (tensor.datatype !== datatype) throw this.refuse(`${name} as ${tensor.datatype} instead of ${datatype}`);
    if (row !== undefined && tensor.shape.at(-1) !== row) {
      throw this.refuse(`${name} of the shape [${tensor.shape.join(', ')}] instead of rows of ${row}`);
    }
    // The datatype was compared above.
    return tensor.data as TensorData[D];
  }

  /** The only element of a BYTES output. */
  bytes(name: string): Uint8Array {
    return this.#only(name, this.elements(name, 'BYTES'));
  }

  /** The only element of a BYTES output, as UTF-8. */
  text(name: string): string {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(this.bytes(name));
    } catch (cause) {
      if (cause instanceof ResponseInvalidError) throw cause;
      throw this.refuse(`${name} that is not UTF-8 text`);
    }
  }

  /** The only element of an INT32 output. */
  integer(name: string): number {
    return this.#only(name, this.elements(name, 'INT32'));
  }

  /** The error that says what was wrong, in words that end "The model owlv2 answered with ...". */
  refuse(what: string, cause?: unknown): ResponseInvalidError {
    return new ResponseInvalidError({
      model: this.model,
      message: `The model ${this.model} answered with ${what}.`,
      hint: 'It does not keep to the contract of its name; check which model the server hosts under it.',
      cause,
    });
  }

  #only<Value>(name: string, elements: ArrayLike<Value>): Value {
    if (elements.length === 1) return elements[0];
    throw this.refuse(`${elements.length} elements in ${name} instead of one`);
  }
}
