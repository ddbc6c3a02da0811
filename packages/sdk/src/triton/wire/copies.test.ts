import { describe, expect, it } from 'vitest';
import { datatypes, placed } from './__fixtures__/tensor-arbitrary.ts';
import {
  type Datatype,
  decodeInferResponse,
  elementBytes,
  encodeInferRequest,
  encodeInferResponse,
  encodeTensorData,
  type Tensor,
} from './index.ts';
import { typedArrays } from './typed-arrays.ts';

const numeric = datatypes.filter((datatype) => datatype !== 'BYTES');
const tensorOf = (datatype: Exclude<Datatype, 'BYTES'>): Tensor =>
  ({ datatype, shape: [4], data: new typedArrays[datatype](4) }) as Tensor; // Its own class.

function decodedAt(tensor: Tensor, offset: number) {
  const response = { model: 'm', version: '1', id: undefined, outputs: { O: tensor }, parameters: {} };
  const { header, chunks, headerBytes } = encodeInferResponse(response);
  const body = placed(header, chunks, offset);
  const output = decodeInferResponse(body, headerBytes).outputs.O;
  if (output === undefined) throw new Error('no output');
  return { body, output };
}

describe('copies', () => {
  it.each(numeric)('sends %s out of the memory of the caller', (datatype) => {
    const memory = new ArrayBuffer(128);
    const data = new typedArrays[datatype](memory, 16, 4);
    const tensor = { datatype, shape: [4], data } as Tensor; // Its own class.
    const { chunks } = encodeInferRequest({ model: 'm', inputs: { I: tensor } });
    expect(chunks).toHaveLength(1);
    expect(chunks[0]?.buffer).toBe(memory);
    expect(chunks[0]?.byteOffset).toBe(16);
    expect(chunks[0]?.byteLength).toBe(4 * elementBytes[datatype]);
  });

  it.each(numeric)('gives %s as a view where it lies aligned, else as one copy of its own size', (datatype) => {
    for (let offset = 0; offset < 8; offset++) {
      const { body, output } = decodedAt(tensorOf(datatype), offset);
      if (output.datatype === 'BYTES') throw new Error('another datatype');
      if (offset % elementBytes[datatype] === 0) expect(output.data.buffer).toBe(body.buffer);
      else {
        expect(output.data.buffer).not.toBe(body.buffer);
        expect(output.data.buffer.byteLength).toBe(4 * elementBytes[datatype]);
      }
    }
  });

  it('takes a node Buffer the same way', () => {
    const response = { model: 'm', version: '1', id: undefined, outputs: { O: tensorOf('FP32') }, parameters: {} };
    const { header, chunks, headerBytes } = encodeInferResponse(response);
    for (const offset of [0, 1]) {
      const { buffer, byteOffset, byteLength } = placed(header, chunks, offset);
      const { O } = decodeInferResponse(Buffer.from(buffer, byteOffset, byteLength), headerBytes).outputs;
      if (O?.datatype !== 'FP32') throw new Error('another datatype');
      expect(O.data.buffer === buffer).toBe(offset === 0);
      expect(O.data).toEqual(new Float32Array(4));
    }
  });

  it('gives elements of BYTES as views of the body', () => {
    const data = [Uint8Array.of(1, 2, 3), new Uint8Array(0), new Uint8Array(50_000).fill(9)];
    const { body, output } = decodedAt({ datatype: 'BYTES', shape: [3], data }, 3);
    expect(output.data).toEqual(data);
    if (output.datatype !== 'BYTES') throw new Error('another datatype');
    for (const element of output.data) {
      expect(element.buffer).toBe(body.buffer);
      expect(element.constructor).toBe(Uint8Array);
    }
  });

  it('packs small elements together and sends large ones out of the memory of the caller', () => {
    const large = new Uint8Array(100_000);
    const small = Array.from({ length: 1000 }, (_, index) => new Uint8Array(index % 7));
    const tensor: Tensor = { datatype: 'BYTES', shape: [2001], data: [...small, large, ...small] };
    const chunks = encodeTensorData(tensor);
    expect(chunks).toHaveLength(3);
    expect(chunks[1]).toBe(large);
    expect(chunks[0]?.buffer).toBe(chunks[2]?.buffer);
  });
});
