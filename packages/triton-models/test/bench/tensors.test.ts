import { expect, it } from 'vitest';
import { variantOf } from '../../bench/pictures.ts';
import { bytes, float, int64, tensorsAsJson } from '../../bench/tensors.ts';

it('writes tensors as the Python side reads them', () => {
  const inputs = { TEXTS: bytes([1, 2], 'ab', new Uint8Array([0, 255])), X: float([1], 1), SEED: int64([1], 2 ** 40) };
  expect(JSON.parse(JSON.stringify(tensorsAsJson(inputs)))).toEqual({
    TEXTS: { datatype: 'BYTES', shape: [1, 2], data: ['YWI=', 'AP8='] },
    X: { datatype: 'FP32', shape: [1], data: 'AACAPw==' },
    SEED: { datatype: 'INT64', shape: [1], data: 'AAAAAAABAAA=' },
  });
});

it('makes another file of a picture for each index', () => {
  const picture = new Uint8Array([1, 2, 3]);
  const [a, b] = [variantOf(picture, 1), variantOf(picture, 2)];
  expect([...a.subarray(0, 3)]).toEqual([...picture]);
  expect(a).not.toEqual(b);
});
