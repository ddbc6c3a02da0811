import { decodeJsonData } from '../../triton/wire/json-data.ts';
import { isRecord } from '../../triton/wire/parameters.ts';
import type { InferRequest, ParameterValue, Tensor } from '../../triton/wire/tensor.ts';
import { WireError } from '../../triton/wire/wire-error.ts';
import type { FakeModel, FakeTensor } from './fake-model.ts';
import { parseOrRefuse } from './read-infer-request.ts';
import { Refusal } from './refusal.ts';

/** The body of `/generate_stream`: keys that name an input are tensors, others parameters. Throws `Refusal`. */
export function readGenerateRequest(body: Uint8Array, name: string, model: FakeModel): InferRequest {
  const json = parseOrRefuse(body);
  if (!isRecord(json)) throw new Refusal(500, 'attempt to get members for non-object');
  const { id, parameters: nested = {}, ...members } = json;
  if (id !== undefined && typeof id !== 'string') {
    throw new Refusal(500, "Unable to parse 'id': attempt to access JSON non-string as string");
  }
  if (!isRecord(nested)) {
    const reason = 'attempt to access JSON non-object as object';
    throw new Refusal(500, `Expected JSON object for keyword: 'parameters': ${reason}`);
  }
  const inputs: Record<string, Tensor> = {};
  const parameters: Record<string, ParameterValue> = {};
  for (const [key, value] of [...Object.entries(nested), ...Object.entries(members)]) {
    const spec = Object.hasOwn(model.inputs, key) ? model.inputs[key] : undefined;
    if (spec !== undefined) inputs[key] = tensorOf(key, value, spec, (model.maxBatchSize ?? 0) > 0);
    else if (isScalar(value)) parameters[key] = value;
    else {
      const types = "It should be either 'int', 'bool', or 'string'.";
      throw new Refusal(400, `parameter '${key}' has invalid type. ${types}`);
    }
  }
  return { model: name, id, inputs, parameters };
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function tensorOf(name: string, value: unknown, spec: FakeTensor, isBatched: boolean): Tensor {
  const { datatype } = spec;
  if (datatype === 'FP16' || datatype === 'BF16') {
    const hint = `Please use the binary data format for input ${name}`;
    throw new Refusal(400, `receiving ${datatype} data via JSON is not supported. ${hint}`);
  }
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const shape = shapeOf(spec.shape, values.length);
  if (shape === undefined) {
    throw new Refusal(400, `The schema can not convert input '${name}' to tensor with proper shape`);
  }
  const whole = isBatched ? [1, ...shape] : shape;
  try {
    return { datatype, shape: whole, data: decodeJsonData(datatype, whole, values) } as Tensor; // Of this datatype.
  } catch (error) {
    // Triton says which type it expected instead; the status is the same.
    if (error instanceof WireError) throw new Refusal(500, `Unable to parse 'data': ${error.message}`);
    throw error;
  }
}

/** The one varying side follows from the number of values. */
function shapeOf(sides: readonly number[], count: number): readonly number[] | undefined {
  const fixed = sides.reduce((product, side) => (side === -1 ? product : product * side), 1);
  const varying = sides.filter((side) => side === -1).length;
  if (varying === 0) return fixed === count ? sides : undefined;
  if (varying > 1 || count % fixed !== 0) return undefined;
  return sides.map((side) => (side === -1 ? count / fixed : side));
}
