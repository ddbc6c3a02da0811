import { type CallContext, errorOfEvent } from '../error-of-status.ts';
import { ResponseInvalidError } from '../errors.ts';
import type { RawInferRequest, TransportCall } from '../transport.ts';
import {
  checkInferRequest,
  decodeInferResponse,
  encodeInferRequest,
  encodeRawRequest,
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
  const { header, chunks, headerBytes, totalBytes } = encodeInferRequest(request);
  return await post(calls, request, { parts: [header, ...chunks], headerBytes, totalBytes }, call);
}

/** The same without a JSON header: the model's only input is the body. */
export async function inferRawOverHttp(
  calls: HttpCalls,
  request: RawInferRequest,
  call: TransportCall,
): Promise<InferResponse> {
  const { chunks, totalBytes } = encodeRawRequest(request.input);
  return await post(calls, request, { parts: chunks, headerBytes: 0, totalBytes }, call);
}

interface Body {
  readonly parts: readonly Uint8Array[];
  readonly headerBytes: number;
  readonly totalBytes: number;
}

async function post(
  calls: HttpCalls,
  { model, version }: Pick<InferRequest, 'model' | 'version'>,
  body: Body,
  call: TransportCall,
): Promise<InferResponse> {
  const context = calls.context(model);
  calls.checkRequestSize(body.totalBytes, context);
  const headers = {
    ...call.headers,
    'content-type': 'application/octet-stream',
    'content-length': String(body.totalBytes),
    'inference-header-content-length': String(body.headerBytes),
  };
  const path = `${modelPath(model, version)}/infer`;
  return decode(await calls.success({ method: 'POST', path, headers, body: bodyOf(body) }, call, context), context);
}

function bodyOf({ parts, totalBytes }: Body): Uint8Array | Iterable<Uint8Array> {
  return totalBytes < oneBufferBytes ? Buffer.concat(parts, totalBytes) : parts;
}

function decode({ body, headerBytes, status }: Reply, context: CallContext): InferResponse {
  try {
    return decodeInferResponse(body, headerBytes);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    // An error under status 200, as streams have it.
    const words = headerBytes === undefined ? errorText(new TextDecoder().decode(body)) : undefined;
    if (words !== undefined) throw errorOfEvent(words, context, status);
    const message = `The answer of ${context.server} is not a KServe v2 response. ${cause.message}`;
    throw new ResponseInvalidError({ ...context, status, message, cause });
  }
}
