import type { Tensor } from '@atelier/sdk/triton';

/** The inputs of one request, with the batch dimension where the model has one. */
export type Tensors = Readonly<Record<string, Tensor>>;

const encoder = new TextEncoder();

/** BYTES. `shape`: of all elements, `[1, n]` for a batched model. */
export const bytes = (shape: readonly number[], ...values: readonly (string | Uint8Array)[]): Tensor => ({
  datatype: 'BYTES',
  shape,
  data: values.map((value) => (typeof value === 'string' ? encoder.encode(value) : value)),
});

export const float = (shape: readonly number[], ...values: readonly number[]): Tensor => ({
  datatype: 'FP32',
  shape,
  data: Float32Array.from(values),
});

export const int32 = (shape: readonly number[], ...values: readonly number[]): Tensor => ({
  datatype: 'INT32',
  shape,
  data: Int32Array.from(values),
});

export const int64 = (shape: readonly number[], ...values: readonly number[]): Tensor => ({
  datatype: 'INT64',
  shape,
  data: BigInt64Array.from(values.map(BigInt)),
});

/** The form that `atelier_models/bench/tensors.py` reads. */
export const tensorsAsJson = (tensors: Tensors): object =>
  Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, asJson(tensor)]));

function asJson(tensor: Tensor): object {
  const { datatype, shape } = tensor;
  const data = tensor.datatype === 'BYTES' ? tensor.data.map(base64) : base64(tensor.data);
  return { datatype, shape, data };
}

const base64 = (view: ArrayBufferView): string =>
  Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('base64');
