import { InvalidInputError } from '../errors.ts';
import type { Tensor } from './tensor.ts';

// A byte order mark is part of what the model said.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * The elements of a BYTES tensor as text. Throws `InvalidInputError` (code `invalid-input`) where one is not UTF-8, and
 * never puts replacement characters: what is not text is in `tensor.data`.
 */
export function text(tensor: Tensor<'BYTES'>): string[] {
  return tensor.data.map((element, index) => {
    try {
      return utf8.decode(element);
    } catch {
      throw new InvalidInputError({
        message: `Element ${index} of ${tensor.data.length} is not valid UTF-8.`,
        hint: 'It is not text: read its bytes in `tensor.data`.',
      });
    }
  });
}

/** A BYTES tensor of texts (as UTF-8) and bytes. `shape`: one side with all elements by default. */
export function bytesTensor(
  elements: readonly (string | Uint8Array)[],
  shape: readonly number[] = [elements.length],
): Tensor<'BYTES'> {
  const data = elements.map((element) => (typeof element === 'string' ? encoder.encode(element) : element));
  return { datatype: 'BYTES', shape, data };
}
