import { readFile } from 'node:fs/promises';
import type { TransportCall } from '../../transport.ts';
import type { InferRequest, Tensor } from '../../wire/tensor.ts';

/** A call with nothing special, long enough for a busy machine. */
export const plainCall: TransportCall = { timeoutMs: 30_000, headers: {} };

export const numbers = (...values: number[]): Tensor<'INT32'> => ({
  datatype: 'INT32',
  shape: [values.length],
  data: Int32Array.from(values),
});

export const floats = (data: Float32Array): Tensor<'FP32'> => ({ datatype: 'FP32', shape: [data.length], data });

export const textTensor = (value: string): Tensor<'BYTES'> => ({
  datatype: 'BYTES',
  shape: [1],
  data: [new TextEncoder().encode(value)],
});

/** A request to the model that counts `steps`, `delayMs` apart, and notes each in `file`. */
export const counting = (model: 'counting' | 'counting-stream', steps: number, delayMs: number, file: string) =>
  ({
    model,
    inputs: { STEPS: numbers(steps), DELAY_MS: numbers(delayMs), FILE: textTensor(file) },
  }) satisfies InferRequest;

/** What a counting model noted: the event and when it was, in milliseconds since the epoch. */
export async function notesIn(file: string): Promise<{ event: string; at: number }[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const space = line.lastIndexOf(' ');
    return { event: line.slice(0, space), at: Number(line.slice(space + 1)) };
  });
}

/** Waits until the condition holds; fails after 10 s. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('It did not come to that within 10 s.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It was expected to fail.');
}

/** Everything that a stream gives. */
export async function collect<Value>(stream: AsyncIterable<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for await (const value of stream) values.push(value);
  return values;
}
