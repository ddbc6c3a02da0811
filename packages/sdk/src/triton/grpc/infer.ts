import type { CallContext } from '../error-of-status.ts';
import { ResponseInvalidError } from '../errors.ts';
import type { TransportCall } from '../transport.ts';
import { checkInferRequest } from '../wire/check-request.ts';
import type { InferRequest, InferResponse, ParameterValue } from '../wire/tensor.ts';
import { WireError } from '../wire/wire-error.ts';
import { errorOfStreamText } from './error-of-call.ts';
import type { GrpcCalls } from './grpc-calls.ts';
import { encodeInferRequest } from './infer-request.ts';
import { decodeInferResponse, decodeStreamMessage } from './infer-response.ts';
import { callStreaming, endedEarly } from './infer-stream.ts';
import { methodPath } from './messages.ts';
import { messageOf } from './one-copy.ts';

const finalResponse = 'triton_final_response';

export async function inferOverGrpc(
  calls: GrpcCalls,
  request: InferRequest,
  call: TransportCall,
): Promise<InferResponse> {
  const context = calls.context(request.model);
  const message = encode(calls, request, {}, context);
  const bytes = await calls.unary('ModelInfer', message, call, context);
  return orInvalid(() => decodeInferResponse(bytes), context);
}

/**
 * Every response of a decoupled model. The server marks the last one, and where the model sends none as the last, adds an
 * empty one, which is hidden here: so a stream that was cut off is told from one that is complete.
 */
export async function* streamOverGrpc(
  calls: GrpcCalls,
  request: InferRequest,
  call: TransportCall,
): AsyncGenerator<InferResponse, void> {
  const context = calls.context(request.model);
  const message = encode(calls, request, { triton_enable_empty_final_response: true }, context);
  let isComplete = false;
  for await (const bytes of callStreaming(calls.inFlight, methodPath('ModelStreamInfer'), message, call, context)) {
    const { error, response } = orInvalid(() => decodeStreamMessage(bytes), context);
    if (error !== '') throw errorOfStreamText(error, context);
    const decoded = orInvalid(() => decodeInferResponse(response ?? new Uint8Array()), context);
    const { [finalResponse]: isFinal, ...parameters } = decoded.parameters;
    if (isFinal === true) isComplete = true;
    if (isFinal !== true || Object.keys(decoded.outputs).length > 0) yield { ...decoded, parameters };
  }
  if (!isComplete) throw endedEarly(context);
}

function encode(
  calls: GrpcCalls,
  request: InferRequest,
  own: Readonly<Record<string, ParameterValue>>,
  context: CallContext,
): Buffer {
  checkInferRequest(request);
  const { priority, timeoutMicroseconds } = request;
  const encoded = encodeInferRequest(request, {
    ...request.parameters,
    ...(priority === undefined ? {} : { priority }),
    ...(timeoutMicroseconds === undefined ? {} : { timeout: timeoutMicroseconds }),
    ...own,
  });
  calls.checkRequestSize(encoded.byteLength, context);
  return messageOf(encoded);
}

function orInvalid<Value>(read: () => Value, context: CallContext): Value {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    const message = `The answer of ${context.server} is not a KServe v2 response. ${cause.message}`;
    throw new ResponseInvalidError({ ...context, message, cause });
  }
}
