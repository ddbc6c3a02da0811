import { describe, expect, it } from 'vitest';
import { modelMetadataSchema } from '../../server-documents.ts';
import type { InferRequest, Tensor } from '../../wire/index.ts';
import { generateRequestJson } from './generate-request.ts';

const input = (name: string, datatype: string, shape = [-1]) => ({ name, datatype, shape });
const metadata = modelMetadataSchema.parse({
  name: 'm',
  inputs: [
    input('TEXT', 'BYTES'),
    input('FLAGS', 'BOOL'),
    input('LARGE', 'INT64'),
    input('HUGE', 'UINT64'),
    input('REAL', 'FP32'),
    input('HALF', 'FP16'),
    input('BOXES', 'FP32', [-1, 4]),
    input('BATCHED', 'INT32', [-1, 1]),
  ],
  outputs: [input('OUTPUT', 'BYTES')],
});

function jsonOf(
  inputs: Record<string, Tensor>,
  more: Partial<InferRequest> = {},
  binaryInJson: 'base64' | 'refuse' = 'refuse',
) {
  const context = { server: 'http://gpu-box:8000', model: 'm' };
  return generateRequestJson({ model: 'm', inputs, ...more }, { metadata, binaryInJson, context });
}

const bytes = (...data: Uint8Array[]): Tensor => ({ datatype: 'BYTES', shape: [data.length], data });

describe('generateRequestJson', () => {
  it('writes elements as JSON, 64 bits with all their digits', () => {
    const json = jsonOf({
      TEXT: bytes(Buffer.from('a"\u0000\u{1f600}'), Buffer.from('\ufeffé')),
      FLAGS: { datatype: 'BOOL', shape: [2], data: Uint8Array.of(0, 1) },
      LARGE: { datatype: 'INT64', shape: [2], data: BigInt64Array.of(-(2n ** 63n), 9007199254740993n) },
      HUGE: { datatype: 'UINT64', shape: [1], data: BigUint64Array.of(2n ** 64n - 1n) },
      REAL: { datatype: 'FP32', shape: [4], data: Float32Array.of(-0, 0.5, Number.NaN, Number.NEGATIVE_INFINITY) },
    });
    expect(json).toBe(
      String.raw`{"TEXT":["a\"\u0000😀","﻿é"],"FLAGS":[false,true],"LARGE":[-9223372036854775808,9007199254740993],"HUGE":[18446744073709551615],"REAL":[-0.0,0.5,NaN,-Infinity]}`,
    );
  });

  it('writes id and parameters where the server looks for them', () => {
    expect(jsonOf({}, { id: 'a"b', parameters: { n: 2n ** 60n, flag: true, text: 'x', half: 0.5 } })).toBe(
      String.raw`{"id":"a\"b","parameters":{"n":1152921504606846976,"flag":true,"text":"x","half":0.5}}`,
    );
  });

  it('takes the shapes that the server makes of a list', () => {
    expect(jsonOf({ BOXES: { datatype: 'FP32', shape: [2, 4], data: new Float32Array(8) } })).toContain(
      '"BOXES":[0,0,',
    );
    expect(jsonOf({ BATCHED: { datatype: 'INT32', shape: [3, 1], data: new Int32Array(3) } })).toContain('"BATCHED"');
  });

  it('writes bytes as base64 only where told to, and text as it is', () => {
    expect(jsonOf({ TEXT: bytes(Uint8Array.of(0xff, 0), Buffer.from('ok')) }, {}, 'base64')).toBe(
      '{"TEXT":["/wA=","ok"]}',
    );
  });

  it.each<[string, Record<string, Tensor>, Partial<InferRequest>, string]>([
    ['bytes that are no text', { TEXT: bytes(Uint8Array.of(0xff)) }, {}, 'grpc-required'],
    ['half floats', { HALF: { datatype: 'FP16', shape: [1], data: new Uint16Array(1) } }, {}, 'grpc-required'],
    ['another shape', { BOXES: { datatype: 'FP32', shape: [4, 2], data: new Float32Array(8) } }, {}, 'grpc-required'],
    ['a scalar for a list', { REAL: { datatype: 'FP32', shape: [], data: new Float32Array(1) } }, {}, 'grpc-required'],
    ['a priority', {}, { priority: 1 }, 'grpc-required'],
    ['a queue timeout', {}, { timeoutMicroseconds: 1 }, 'grpc-required'],
    ['an unknown input', { NOBODY: bytes() }, {}, 'invalid-input'],
    ['another datatype', { REAL: bytes() }, {}, 'invalid-input'],
    ['an unknown output', {}, { outputs: ['NOBODY'] }, 'invalid-input'],
    ['a parameter named as an input', {}, { parameters: { TEXT: 'x' } }, 'invalid-input'],
  ])('refuses %s', (_, inputs, more, code) => {
    expect(() => jsonOf(inputs, more)).toThrow(expect.objectContaining({ code, model: 'm' }));
  });
});
