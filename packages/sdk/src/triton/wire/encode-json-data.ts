import { InvalidInputError } from '../errors.ts';
import type { Tensor } from './tensor.ts';
import { text } from './text.ts';

/**
 * The elements as the JSON list that Triton writes: flat, with bare `NaN` and `Infinity`, which JSON does not have.
 * Throws `InvalidInputError` for FP16, BF16 and for BYTES that are not UTF-8.
 */
export function encodeJsonData(tensor: Tensor): string {
  return `[${elementsOf(tensor).join(',')}]`;
}

function elementsOf(tensor: Tensor): readonly unknown[] {
  switch (tensor.datatype) {
    case 'FP16':
    case 'BF16':
      throw new InvalidInputError({
        message: `sending ${tensor.datatype} data via JSON is not supported. Please use the binary data format for output`,
        hint: 'Ask for the output with binary_data.',
      });
    case 'BYTES':
      return text(tensor).map((element) => JSON.stringify(element));
    case 'BOOL':
      return Array.from(tensor.data, (byte) => byte === 1);
    default:
      // -0 is "0" as text otherwise.
      return Array.from<number | bigint, unknown>(tensor.data, (value) => (Object.is(value, -0) ? '-0.0' : value));
  }
}
