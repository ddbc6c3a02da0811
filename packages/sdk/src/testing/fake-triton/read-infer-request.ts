import { elementBytes } from '../../triton/wire/datatype.ts';
import { type DecodedRequest, decodeInferRequest } from '../../triton/wire/decode-request.ts';
import { parseServerJson } from '../../triton/wire/server-json.ts';
import type { Tensor } from '../../triton/wire/tensor.ts';
import { decodeTensorData } from '../../triton/wire/tensor-data.ts';
import { WireError } from '../../triton/wire/wire-error.ts';
import type { FakeModel, FakeTensor } from './fake-model.ts';
import { Refusal, requestId } from './refusal.ts';

/** The body of `/infer` with the header that tells its JSON's length. Throws `Refusal`. */
export function readInferRequest(
  body: Uint8Array,
  header: string | undefined,
  name: string,
  model: FakeModel,
): DecodedRequest {
  const headerBytes = header === undefined ? undefined : Number.parseInt(header, 10);
  if (headerBytes !== undefined && (headerBytes < 0 || headerBytes > body.byteLength)) {
    const range = `inference header size should be in range (0, ${body.byteLength}), got: ${headerBytes}`;
    throw new Refusal(400, range, 'text/plain');
  }
  if (headerBytes === undefined ? body.byteLength === 0 : !(headerBytes > 0)) return readRaw(body, name, model);
  parseOrRefuse(body.subarray(0, headerBytes));
  try {
    return decodeInferRequest(body, headerBytes);
  } catch (error) {
    // Triton has a sentence for each case; these are the codec's.
    if (error instanceof WireError) throw new Refusal(400, error.message);
    throw error;
  }
}

/** Triton answers with 500 where the JSON is none. */
export function parseOrRefuse(bytes: Uint8Array): unknown {
  try {
    return parseServerJson(new TextDecoder().decode(bytes));
  } catch {
    throw new Refusal(500, 'failed to parse the request JSON buffer: Invalid value. at 0');
  }
}

function readRaw(body: Uint8Array, name: string, model: FakeModel): DecodedRequest {
  const [[input, spec] = [], ...more] = Object.entries(model.inputs);
  if (input === undefined || spec === undefined || more.length > 0) {
    const count = more.length + (input === undefined ? 0 : 1);
    const found = `must only have 1 input (found 1) to be deduced but got ${count} inputs`;
    throw new Refusal(400, `${requestId(undefined)} Raw request ${found} in '${name}' model configuration`);
  }
  const tensor = rawTensor(body, input, spec, name, (model.maxBatchSize ?? 0) > 0);
  return { id: undefined, inputs: { [input]: tensor }, parameters: {}, isBinary: () => true };
}

function rawTensor(body: Uint8Array, input: string, spec: FakeTensor, name: string, isBatched: boolean): Tensor {
  const { datatype, shape: sides } = spec;
  const batch = isBatched ? [1] : [];
  const refuse = (text: string): never => {
    throw new Refusal(400, `${requestId(undefined)} ${text}`);
  };
  if (datatype === 'BYTES') {
    const isOne = sides.length === 1 && sides[0] === 1;
    if (!isOne) refuse(`For BYTE datatype raw input '${input}', the model must have input shape [1]`);
    return { datatype, shape: [...batch, 1], data: [body] };
  }
  if (sides.filter((side) => side === -1).length > 1) {
    const why = 'there are more than one variable-sized dimension';
    refuse(`The shape of the raw input '${input}' can not be deduced because ${why}`);
  }
  const fixedBytes = sides.reduce((product, side) => (side === -1 ? product : product * side), elementBytes[datatype]);
  const shape = sides.map((side) => (side === -1 ? Math.floor(body.byteLength / fixedBytes) : side));
  const bytes = shape.reduce((product, side) => product * side, elementBytes[datatype]);
  if (bytes !== body.byteLength) {
    const sizes = `Expected ${bytes}, got ${body.byteLength}`;
    refuse(`input byte size mismatch for input 'raw_input' for model '${name}'. ${sizes}`);
  }
  const data = decodeTensorData(datatype, [...batch, ...shape], body);
  return { datatype, shape: [...batch, ...shape], data } as Tensor; // Decoded for this datatype.
}
