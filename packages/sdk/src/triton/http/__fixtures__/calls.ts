import type { TransportCall } from '../../transport.ts';
import type { InferRequest } from '../../wire/index.ts';

export const call: TransportCall = { timeoutMs: 10_000, headers: {} };

export function floats(count: number, model = 'm'): InferRequest {
  return { model, inputs: { INPUT: { datatype: 'FP32', shape: [count], data: new Float32Array(count).fill(0.5) } } };
}

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It did not reject.');
}
