import { InvalidInputError } from '../errors.ts';
import { largestInt64 } from './bigint-ranges.ts';
import { type Encoded, sumOfBytes } from './encoded.ts';
import { parametersJson } from './parameters.ts';
import type { InferRequest } from './tensor.ts';
import { encodeTensorData } from './tensor-data.ts';

/** A request of KServe v2 over HTTP. */
export type EncodedRequest = Encoded;

const utf8 = new TextEncoder();

/**
 * The body of `POST /v2/models/<model>/infer`, all tensors binary both ways. Expects what `checkInferRequest` let pass:
 * checking is apart so that a request is checked once and encoded for every try. Throws `InvalidInputError` for a
 * parameter above 2^63 - 1, which the server would round to a double over HTTP.
 */
export function encodeInferRequest(request: InferRequest): EncodedRequest {
  const chunks: Uint8Array[] = [];
  const inputs = Object.entries(request.inputs).map(([name, tensor]) => {
    const data = encodeTensorData(tensor);
    for (const chunk of data) chunks.push(chunk);
    const parameters = `{"binary_data_size":${sumOfBytes(data)}}`;
    const { datatype, shape } = tensor;
    return `{"name":${JSON.stringify(name)},"datatype":"${datatype}","shape":[${shape}],"parameters":${parameters}}`;
  });
  const members = [`"inputs":[${inputs.join(',')}]`];
  if (request.id !== undefined) members.unshift(`"id":${JSON.stringify(request.id)}`);
  if (request.outputs !== undefined) members.push(`"outputs":[${request.outputs.map(binaryOutput).join(',')}]`);
  const parameters = requestParameters(request);
  if (parameters !== '') members.push(`"parameters":${parameters}`);
  const header = utf8.encode(`{${members.join(',')}}`);
  return { header, chunks, headerBytes: header.byteLength, totalBytes: header.byteLength + sumOfBytes(chunks) };
}

const binaryOutput = (name: string): string => `{"name":${JSON.stringify(name)},"parameters":{"binary_data":true}}`;

function requestParameters(request: InferRequest): string {
  const { model, outputs, parameters = {}, priority, timeoutMicroseconds } = request;
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value !== 'bigint' || value <= largestInt64) continue;
    const message = `The parameter "${name}" is above 2^63 - 1, which the server rounds to a double over HTTP.`;
    throw new InvalidInputError({ message, hint: 'Send it as text, or over gRPC.', model });
  }
  return parametersJson([
    // Without it the server answers with JSON numbers.
    ['binary_data_output', outputs === undefined ? true : undefined],
    ['priority', priority],
    ['timeout', timeoutMicroseconds],
    ...Object.entries(parameters),
  ]);
}
