import type { Tensor } from '../../wire/tensor.ts';

/** Outputs as a model with a batch dimension of 1 gives them. */
export const fp32 = (data: readonly number[], shape: readonly number[] = [1, data.length]): Tensor => ({
  datatype: 'FP32',
  shape,
  data: Float32Array.from(data),
});

export const int32 = (data: readonly number[], shape: readonly number[] = [1, data.length]): Tensor => ({
  datatype: 'INT32',
  shape,
  data: Int32Array.from(data),
});

export const bytes = (...data: readonly (Uint8Array | string)[]): Tensor => ({
  datatype: 'BYTES',
  shape: [1, data.length],
  data: data.map((value) => (typeof value === 'string' ? new TextEncoder().encode(value) : value)),
});
