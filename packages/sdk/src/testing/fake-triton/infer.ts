import type { ServerResponse } from 'node:http';
import { AtelierError } from '../../errors/atelier-error.ts';
import { encodeInferResponse } from '../../triton/wire/encode-response.ts';
import type { InferRequest } from '../../triton/wire/tensor.ts';
import { checkInputs } from './check-inputs.ts';
import type { FakeModel } from './fake-model.ts';
import { readInferRequest } from './read-infer-request.ts';
import { Refusal } from './refusal.ts';
import { runModel } from './run-model.ts';

/** A request that goes to one model. */
export interface ModelCall {
  readonly name: string;
  readonly version: string | undefined;
  readonly model: FakeModel;
  readonly body: Uint8Array;
  /** `Inference-Header-Content-Length`. */
  readonly headerLength: string | undefined;
  /** Told of every request that reaches the model. */
  readonly onRequest: (request: InferRequest) => void;
}

/** `POST /v2/models/<name>/infer`. */
export async function answerInfer(call: ModelCall, response: ServerResponse): Promise<void> {
  const { name, version, model } = call;
  if (model.decoupled) {
    const why = "HTTP end point doesn't support models with decoupled transaction policy";
    throw new Refusal(501, why, 'text/plain');
  }
  const { isBinary, ...read } = readInferRequest(call.body, call.headerLength, name, model);
  const request = { model: name, version, ...read };
  checkInputs(request, model);
  call.onRequest(request);
  for await (const outputs of runModel(request, model)) {
    const answer = { model: name, version: '1', id: request.id, outputs, parameters: {} };
    const { header, chunks, headerBytes, totalBytes } = encodeOrRefuse(answer, isBinary);
    response.writeHead(200, {
      'content-type': headerBytes === undefined ? 'application/json' : 'application/octet-stream',
      ...(headerBytes === undefined ? {} : { 'inference-header-content-length': headerBytes }),
      'content-length': totalBytes,
    });
    for (const chunk of [header, ...chunks]) response.write(chunk);
    response.end();
  }
}

function encodeOrRefuse(...answer: Parameters<typeof encodeInferResponse>): ReturnType<typeof encodeInferResponse> {
  try {
    return encodeInferResponse(...answer);
  } catch (error) {
    // An output that has no JSON form, and was not asked for in binary.
    if (error instanceof AtelierError) throw new Refusal(400, error.message, 'text/plain');
    throw error;
  }
}
