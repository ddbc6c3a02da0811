import { InvalidInputError } from '../errors.ts';
import { checkTensor } from './check-tensor.ts';
import { sumOfBytes } from './encoded.ts';
import type { Tensor } from './tensor.ts';
import { encodeTensorData } from './tensor-data.ts';

/** A body without JSON, to be sent with `Inference-Header-Content-Length: 0`. */
export interface EncodedRawRequest {
  readonly chunks: readonly Uint8Array[];
  readonly totalBytes: number;
}

/**
 * The cheapest request there is, for a model with exactly one input, whose configuration tells datatype and shape (at
 * most one varying side). BYTES must be one element, which goes without its length. The server treats it as a batch of
 * one and answers in binary. Throws `InvalidInputError`.
 */
export function encodeRawRequest(tensor: Tensor): EncodedRawRequest {
  checkTensor(tensor, 'raw', undefined);
  if (tensor.datatype !== 'BYTES') return withTotal(encodeTensorData(tensor));
  const [element] = tensor.data;
  if (tensor.shape.length !== 1 || element === undefined || tensor.data.length !== 1) {
    const message = 'A raw request carries BYTES as one element only.';
    throw new InvalidInputError({ message, hint: 'Give the shape [1], or use an ordinary request.' });
  }
  return withTotal(element.byteLength === 0 ? [] : [element]);
}

const withTotal = (chunks: readonly Uint8Array[]): EncodedRawRequest => ({ chunks, totalBytes: sumOfBytes(chunks) });
