// The wire codec: pure functions between tensors and bytes.
export { checkInferRequest } from './check-request.ts';
export { type Datatype, elementBytes, isDatatype } from './datatype.ts';
export { decodeInferRequest } from './decode-request.ts';
export { decodeInferResponse } from './decode-response.ts';
export { encodeInferRequest } from './encode-request.ts';
export { encodeInferResponse } from './encode-response.ts';
export { decodeJsonData } from './json-data.ts';
export { encodeRawRequest } from './raw-request.ts';
export { parseServerJson } from './server-json.ts';
export { elementCount } from './shape.ts';
export { fromBfloat16, fromFloat16, toBfloat16, toFloat16 } from './small-floats.ts';
export type { InferRequest, InferResponse, ParameterValue, Tensor } from './tensor.ts';
export { decodeTensorData, encodeTensorData } from './tensor-data.ts';
export { bytesTensor, text } from './text.ts';
export { WireError } from './wire-error.ts';
