import type { CallContext } from '../error-of-status.ts';
import { ModelFailedError, ResponseInvalidError } from '../errors.ts';
import type { TransportCall } from '../transport.ts';
import {
  checkInferRequest,
  decodeInferResponse,
  type EncodedRequest,
  encodeInferRequest,
  type InferRequest,
  type InferResponse,
  WireError,
} from '../wire/index.ts';
import type { Reply } from './exchange.ts';
import type { HttpCalls } from './http-calls.ts';
import { modelPath } from './paths.ts';
import { errorText } from './reply-error.ts';

/** Below this, copying everything into one buffer is cheaper than several writes. */
const oneBufferBytes = 64 * 1024;

/** `POST /v2/models/<model>/infer`, tensors binary both ways. */
export async function inferOverHttp(
  calls: HttpCalls,
  request: InferRequest,
  call: TransportCall,
): Promise<InferResponse> {
  checkInferRequest(request);
  const context = calls.context(request.model);
  const path = `${modelPath(request.model, request.version)}/infer`;
  const encoded = encodeInferRequest(request);
  calls.checkRequestSize(encoded.totalBytes, context);
  const headers = {
    ...call.headers,
    'content-type': 'application/octet-stream',
    'content-length': String(encoded.totalBytes),
    'inference-header-content-length': String(encoded.headerBytes),
  };
  const reply = await calls.success({ method: 'POST', path, headers, body: bodyOf(encoded) }, call, context);
  return decode(reply, context);
}

function bodyOf({ header, chunks, totalBytes }: EncodedRequest): Uint8Array | Iterable<Uint8Array> {
  const parts = [header, ...chunks];
  return totalBytes < oneBufferBytes ? Buffer.concat(parts, totalBytes) : parts;
}

function decode({ body, headerBytes, status }: Reply, context: CallContext): InferResponse {
  try {
    return decodeInferResponse(body, headerBytes);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    // An error under status 200, as streams have it.
    const words = headerBytes === undefined ? errorText(new TextDecoder().decode(body)) : undefined;
    if (words !== undefined) {
      const message = `The model ${context.model} failed: ${words}`;
      throw new ModelFailedError({ ...context, status, message, serverMessage: words });
    }
    const message = `The answer of ${context.server} is not a KServe v2 response. ${cause.message}`;
    throw new ResponseInvalidError({ ...context, status, message, cause });
  }
}
