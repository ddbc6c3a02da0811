import { ResponseInvalidError } from '../errors.ts';
import type { Datatype, TensorData } from '../wire/datatype.ts';
import type { Tensor } from '../wire/tensor.ts';

/** The outputs of one response: of a stream, each has some of them. */
export type Outputs = Readonly<Partial<Record<string, Tensor>>>;

/** The data of an output, or undefined where the response does not carry it. Throws `response-invalid` for another datatype. */
export function outputData<D extends Datatype>(outputs: Outputs, name: string, datatype: D): TensorData[D] | undefined {
  const tensor = outputs[name];
  if (tensor === undefined) return undefined;
  if (tensor.datatype !== datatype) {
    throw new ResponseInvalidError({ message: `The output ${name} is ${tensor.datatype}, not ${datatype}.` });
  }
  // Data and datatype of a tensor belong together.
  return tensor.data as TensorData[D];
}

/** The only element of a BYTES output, or undefined where the response does not carry it. */
export function outputBytes(outputs: Outputs, name: string): Uint8Array | undefined {
  const data = outputData(outputs, name, 'BYTES');
  if (data === undefined) return undefined;
  const [only] = data;
  if (only === undefined || data.length !== 1) {
    throw new ResponseInvalidError({ message: `The output ${name} has ${data.length} elements, not one.` });
  }
  return only;
}

/** A BYTES output as text. */
export function outputText(outputs: Outputs, name: string): string | undefined {
  const bytes = outputBytes(outputs, name);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

/** An output that a response must carry. */
export function required<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new ResponseInvalidError({ message: `The response has no output ${name}.` });
  return value;
}
