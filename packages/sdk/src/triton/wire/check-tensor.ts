import { InvalidInputError } from '../errors.ts';
import { isDatatype } from './datatype.ts';
import { firstWrongBoolean } from './first-wrong-boolean.ts';
import { elementCount } from './shape.ts';
import type { Tensor } from './tensor.ts';
import { typedArrays } from './typed-arrays.ts';

const longestElement = 2 ** 32 - 1;

/** Throws `InvalidInputError` unless datatype, shape and data fit together. `input` is the tensor's name, for the message. */
export function checkTensor(tensor: Tensor, input: string, model: string | undefined): void {
  const refuse: Refuse = (message, hint) => {
    throw new InvalidInputError({ message: `Input "${input}": ${message}`, hint, model });
  };
  // The types say all this; callers without a compiler, and `JSON.parse`, do not.
  if (typeof tensor !== 'object' || tensor === null) {
    refuse('it is no tensor.', 'Give { datatype, shape, data }.');
  }
  const { datatype, shape } = tensor;
  if (!isDatatype(datatype)) refuse('its datatype is unknown.', 'Use a name of KServe v2: FP32, INT64, BYTES, ...');
  const count = Array.isArray(shape) ? elementCount(shape) : undefined;
  if (count === undefined) {
    refuse('its shape is impossible.', 'Give sizes >= 0 as whole numbers whose product is below 2^53.');
  }
  if (tensor.datatype === 'BYTES') checkElements(tensor.data, refuse);
  else checkClass(tensor, refuse);
  if (tensor.data.length !== count) {
    const message = `its shape [${shape.join(', ')}] has ${count} elements, but its data has ${tensor.data.length}.`;
    refuse(message, 'Make the product of the shape equal to the number of elements.');
  }
  if (tensor.datatype === 'BOOL') checkBooleans(tensor.data, refuse);
}

type Refuse = (message: string, hint: string) => never;

function checkClass(tensor: Exclude<Tensor, Tensor<'BYTES'>>, refuse: Refuse): void {
  const wanted = typedArrays[tensor.datatype].name;
  // By its tag and not by `instanceof`: test runners and workers have typed array classes of their own.
  const given = ArrayBuffer.isView(tensor.data) ? tensor.data[Symbol.toStringTag] : 'something else';
  if (given !== wanted) refuse(`${tensor.datatype} is held in a ${wanted}, but this is ${given}.`, `Give a ${wanted}.`);
}

function checkElements(data: Tensor<'BYTES'>['data'], refuse: Refuse): void {
  if (!Array.isArray(data)) refuse('BYTES is held in an array of Uint8Array.', 'Give one Uint8Array for each element.');
  for (let index = 0; index < data.length; index++) {
    const element: unknown = data[index];
    if (!ArrayBuffer.isView(element) || !('BYTES_PER_ELEMENT' in element) || element.BYTES_PER_ELEMENT !== 1) {
      refuse(`element ${index} is no Uint8Array.`, 'Encode text with `new TextEncoder().encode(...)`.');
    } else if (element.byteLength > longestElement) {
      refuse(`element ${index} has ${element.byteLength} bytes.`, 'An element of BYTES is shorter than 4 GiB.');
    }
  }
}

function checkBooleans(data: Uint8Array, refuse: Refuse): void {
  const wrong = firstWrongBoolean(data);
  if (wrong >= 0) refuse(`element ${wrong} of BOOL is ${data[wrong]}.`, 'Write 0 for false and 1 for true.');
}
