import { isRecord, quote, readParameters } from './parameters.ts';
import { readMessage } from './read-message.ts';
import { readTensors } from './read-tensors.ts';
import type { InferRequest } from './tensor.ts';
import { WireError } from './wire-error.ts';

/** What the body of `POST /v2/models/<model>/infer` says; model and version are in its path. */
export interface DecodedRequest extends Omit<InferRequest, 'model' | 'version'> {
  readonly parameters: NonNullable<InferRequest['parameters']>;
  /** Whether the client asked for an output as bytes. */
  readonly isBinary: (output: string) => boolean;
}

/** The server's half of `encodeInferRequest`. A raw request (`headerBytes` 0) is not one. Throws `WireError`. */
export function decodeInferRequest(body: Uint8Array, headerBytes: number | undefined): DecodedRequest {
  const { json, binary } = readMessage(body, headerBytes, 'The request');
  if (json.id !== undefined && typeof json.id !== 'string')
    throw new WireError('The request has an id that is no text.');
  const all = readParameters(json.parameters, 'The request');
  const { binary_data_output: binaryByDefault = false, priority, timeout, ...parameters } = all;
  const wanted = readOutputs(json.outputs);
  return {
    id: json.id,
    inputs: readTensors(json.inputs, binary, 'Input'),
    outputs: wanted.size === 0 ? undefined : [...wanted.keys()],
    parameters,
    priority: wholeOf(priority, 'priority'),
    timeoutMicroseconds: wholeOf(timeout, 'timeout'),
    isBinary: (output) => wanted.get(output) ?? binaryByDefault === true,
  };
}

/** Names of the outputs wanted, each with its own `binary_data` if it has one. */
function readOutputs(list: unknown): Map<string, boolean | undefined> {
  const outputs = new Map<string, boolean | undefined>();
  if (list === undefined) return outputs;
  if (!Array.isArray(list)) throw new WireError('The request has outputs that are no list.');
  for (const entry of list) {
    if (!isRecord(entry) || typeof entry.name !== 'string') throw new WireError('A wanted output has no name.');
    const { binary_data: isBinary } = readParameters(entry.parameters, `Output ${quote(entry.name)}`);
    outputs.set(entry.name, typeof isBinary === 'boolean' ? isBinary : undefined);
  }
  return outputs;
}

function wholeOf(value: unknown, what: string): number | undefined {
  if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)) return value;
  throw new WireError(`The request's ${what} is no whole number.`);
}
