import { encodeJsonData } from './encode-json-data.ts';
import { type Encoded, sumOfBytes } from './encoded.ts';
import { parametersJson } from './parameters.ts';
import type { InferResponse } from './tensor.ts';
import { encodeTensorData } from './tensor-data.ts';

/** A response of KServe v2 over HTTP. */
export interface EncodedResponse extends Omit<Encoded, 'headerBytes'> {
  /** Undefined where no binary byte follows: Triton then sends no `Inference-Header-Content-Length`. */
  readonly headerBytes: number | undefined;
}

const utf8 = new TextEncoder();

/** The server's half of `decodeInferResponse`, as Triton writes it. `isBinary` tells which outputs go as bytes: all by default. */
export function encodeInferResponse(
  response: InferResponse,
  isBinary: (output: string) => boolean = () => true,
): EncodedResponse {
  const chunks: Uint8Array[] = [];
  const outputs = Object.entries(response.outputs).map(([name, tensor]) => {
    const { datatype, shape } = tensor;
    const start = `{"name":${JSON.stringify(name)},"datatype":"${datatype}","shape":[${shape}],`;
    if (!isBinary(name)) return `${start}"data":${encodeJsonData(tensor)}}`;
    const data = encodeTensorData(tensor);
    for (const chunk of data) chunks.push(chunk);
    return `${start}"parameters":{"binary_data_size":${sumOfBytes(data)}}}`;
  });
  const members = [
    `"model_name":${JSON.stringify(response.model)}`,
    `"model_version":${JSON.stringify(response.version)}`,
    `"outputs":[${outputs.join(',')}]`,
  ];
  if (response.id !== undefined) members.unshift(`"id":${JSON.stringify(response.id)}`);
  const parameters = parametersJson(Object.entries(response.parameters));
  if (parameters !== '') members.splice(-1, 0, `"parameters":${parameters}`);
  const header = utf8.encode(`{${members.join(',')}}`);
  const binaryBytes = sumOfBytes(chunks);
  const headerBytes = binaryBytes > 0 ? header.byteLength : undefined;
  return { header, chunks, headerBytes, totalBytes: header.byteLength + binaryBytes };
}
