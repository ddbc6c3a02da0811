// The wire codec: pure functions between tensors and bytes.
export { checkInferRequest } from './check-request.ts';
export { checkTensor } from './check-tensor.ts';
export { type Datatype, elementBytes, isDatatype, type TensorData } from './datatype.ts';
export { decodeInferResponse } from './decode-response.ts';
export { type EncodedRequest, encodeInferRequest } from './encode-request.ts';
export type { Encoded } from './encoded.ts';
export { decodeJsonData } from './json-data.ts';
export { type EncodedRawRequest, encodeRawRequest } from './raw-request.ts';
export { isReservedParameter } from './reserved-parameters.ts';
export { parseServerJson } from './server-json.ts';
export { elementCount } from './shape.ts';
export type { InferRequest, InferResponse, ParameterValue, Tensor } from './tensor.ts';
export { decodeTensorData, encodeTensorData } from './tensor-data.ts';
export { WireError } from './wire-error.ts';
