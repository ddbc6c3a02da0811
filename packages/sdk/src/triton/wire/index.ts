// The wire codec: pure functions between tensors and bytes.
export { checkInferRequest } from './check-request.ts';
export { type Datatype, elementBytes, isDatatype, type TensorData } from './datatype.ts';
export { type DecodedRequest, decodeInferRequest } from './decode-request.ts';
export { decodeInferResponse } from './decode-response.ts';
export { type EncodedRequest, encodeInferRequest } from './encode-request.ts';
export { type EncodedResponse, encodeInferResponse } from './encode-response.ts';
export type { Encoded } from './encoded.ts';
export { decodeJsonData } from './json-data.ts';
export { type EncodedRawRequest, encodeRawRequest } from './raw-request.ts';
export { parseServerJson } from './server-json.ts';
export { elementCount } from './shape.ts';
export { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from './small-floats.ts';
export type { InferRequest, InferResponse, ParameterValue, Tensor } from './tensor.ts';
export { decodeTensorData, encodeTensorData } from './tensor-data.ts';
export { bytesTensor, text } from './text.ts';
export { WireError } from './wire-error.ts';
