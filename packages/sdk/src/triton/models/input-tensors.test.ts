import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../errors.ts';
import { modelConfigSchema } from '../server-documents.ts';
import { inputTensors } from './input-tensors.ts';

const config = modelConfigSchema.parse({
  name: 'finder',
  max_batch_size: 8,
  input: [
    { name: 'IMAGE', data_type: 'TYPE_STRING', dims: ['1'] },
    { name: 'PHRASES', data_type: 'TYPE_STRING', dims: [-1] },
    { name: 'THRESHOLD', data_type: 'TYPE_FP32', dims: [1], optional: true },
    { name: 'BOXES', data_type: 'TYPE_FP32', dims: [-1, 4], optional: true },
    { name: 'GRID', data_type: 'TYPE_INT32', dims: [-1, -1], optional: true },
  ],
});
const unbatched = modelConfigSchema.parse({
  name: 'counter',
  input: [{ name: 'SEED', data_type: 'TYPE_INT64', dims: [1] }],
});
const image = Uint8Array.of(1, 2, 3);
const required = { IMAGE: image, PHRASES: ['cup'] };

function refusal(values: Record<string, unknown>, of = config): InvalidInputError {
  try {
    inputTensors(of, values);
  } catch (error) {
    if (error instanceof InvalidInputError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the tensors of a call', () => {
  it('converts values and deduces shapes with a batch of one', () => {
    const tensors = inputTensors(config, { ...required, PHRASES: ['cup', 'dög'], THRESHOLD: 0.5 });
    expect(tensors).toEqual({
      IMAGE: { datatype: 'BYTES', shape: [1, 1], data: [image] },
      PHRASES: {
        datatype: 'BYTES',
        shape: [1, 2],
        data: [Buffer.from('cup'), Buffer.from('dög')].map((b) => new Uint8Array(b)),
      },
      THRESHOLD: { datatype: 'FP32', shape: [1, 1], data: Float32Array.of(0.5) },
    });
    expect(Object.keys(tensors)).toEqual(['IMAGE', 'PHRASES', 'THRESHOLD']);
  });

  it('fills in the one side that varies', () => {
    expect(inputTensors(config, { ...required, BOXES: [1, 2, 3, 4, 5, 6, 7, 8] }).BOXES.shape).toEqual([1, 2, 4]);
    expect(inputTensors(config, { ...required, BOXES: [] }).BOXES.shape).toEqual([1, 0, 4]);
  });

  it('keeps the memory of a typed array that already fits', () => {
    const data = new Float32Array(4);
    expect(inputTensors(config, { ...required, BOXES: data }).BOXES.data).toBe(data);
  });

  it('takes a whole shape, with the batch', () => {
    const tensors = inputTensors(config, {
      IMAGE: { shape: [2, 1], data: [image, image] },
      PHRASES: ['a'],
      GRID: { shape: [1, 2, 2], data: [1, 2, 3, 4] },
    });
    expect(tensors.IMAGE.shape).toEqual([2, 1]);
    expect(tensors.GRID).toEqual({ datatype: 'INT32', shape: [1, 2, 2], data: Int32Array.of(1, 2, 3, 4) });
  });

  it('takes 64-bit integers as bigint or as safe number', () => {
    for (const seed of [7, 7n, [7], BigInt64Array.of(7n)]) {
      expect(inputTensors(unbatched, { SEED: seed }).SEED).toEqual({
        datatype: 'INT64',
        shape: [1],
        data: BigInt64Array.of(7n),
      });
    }
  });

  it.each([
    ['an unknown name', { ...required, IMAGES: image }, /has no input "IMAGES"/, /IMAGE, PHRASES/],
    ['a missing input', { IMAGE: image }, /needs the input "PHRASES"/, /BYTES \[batch, -1\]/],
    ['too many elements', { ...required, THRESHOLD: [1, 2] }, /"THRESHOLD".*given 2 elements/, /several items/],
    ['a part of a row', { ...required, BOXES: [1, 2, 3] }, /"BOXES".*given 3 elements/, /shape/],
    ['two sides that vary', { ...required, GRID: [1, 2] }, /"GRID".*2 sides that vary/, /\{ shape, data \}/],
    [
      'a shape of another size',
      { ...required, BOXES: { shape: [1, 3, 4], data: [1] } },
      /has 1 elements.*takes 12/,
      undefined,
    ],
    [
      'a shape that is none',
      { ...required, BOXES: { shape: [1.5], data: [1] } },
      /no list of whole numbers/,
      undefined,
    ],
    [
      'another rank',
      { ...required, BOXES: { shape: [8], data: new Float32Array(8) } },
      /given the shape \[8\]/,
      /first side is the batch/,
    ],
    [
      'another fixed side',
      { ...required, BOXES: { shape: [1, 4, 2], data: new Float32Array(8) } },
      /shape \[1, 4, 2\]/,
      undefined,
    ],
    [
      'too large a batch',
      { ...required, BOXES: { shape: [9, 1, 4], data: new Float32Array(36) } },
      /a batch of 9/,
      /takes 8 at most/,
    ],
    ['a number for text', { ...required, PHRASES: [1] }, /text or bytes expected, not number/, undefined],
    ['text for a number', { ...required, THRESHOLD: 'high' }, /a number expected, not string/, undefined],
    [
      'another datatype',
      { ...required, THRESHOLD: { datatype: 'FP64', shape: [1, 1], data: [1] } },
      /given as FP64/,
      undefined,
    ],
    [
      'a fraction for an integer',
      { ...required, GRID: { shape: [1, 1, 1], data: [0.5] } },
      /element 0 is not a whole number/,
      undefined,
    ],
    [
      'an integer out of range',
      { ...required, GRID: { shape: [1, 1, 1], data: [2 ** 31] } },
      /from -2147483648 to 2147483647/,
      undefined,
    ],
  ])('refuses %s', (_what, values, message, hint) => {
    const error = refusal(values);
    expect(error).toMatchObject({ code: 'invalid-input', model: 'finder' });
    expect(error.message).toMatch(message);
    if (hint) expect(error.hint).toMatch(hint);
  });

  it('refuses 64-bit integers that a number cannot hold', () => {
    expect(refusal({ SEED: 2 ** 53 }, unbatched).message).toMatch(/beyond 2\^53 as bigint/);
    expect(refusal({ SEED: 2n ** 63n }, unbatched).message).toMatch(/element 0/);
  });

  it('does not take names of the prototype for inputs', () => {
    expect(refusal({ ...required, ...JSON.parse('{"__proto__": 1}') }).message).toMatch(/has no input "__proto__"/);
    expect(() => inputTensors(config, Object.create(required))).toThrow(/needs the input "IMAGE"/);
  });
});
