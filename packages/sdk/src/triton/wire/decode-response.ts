import { readParameters } from './parameters.ts';
import { readMessage } from './read-message.ts';
import { readTensors } from './read-tensors.ts';
import type { InferResponse } from './tensor.ts';
import { WireError } from './wire-error.ts';

/**
 * Reads the body of an answer to `/infer`. `headerBytes` is its `Inference-Header-Content-Length`, undefined where the
 * answer has none. Tensors are views of `body` where they lie aligned, else one copy each. Throws `WireError`, only.
 */
export function decodeInferResponse(body: Uint8Array, headerBytes: number | undefined): InferResponse {
  const { json, binary } = readMessage(body, headerBytes, 'The response');
  return {
    model: textOf(json, 'model_name'),
    version: json.model_version === undefined ? '' : textOf(json, 'model_version'),
    id: json.id === undefined ? undefined : textOf(json, 'id'),
    outputs: readTensors(json.outputs, binary, 'Output'),
    parameters: readParameters(json.parameters, 'The response'),
  };
}

function textOf(json: Readonly<Record<string, unknown>>, name: string): string {
  const text = json[name];
  if (typeof text !== 'string') throw new WireError(`The response has no ${name} as text.`);
  return text;
}
