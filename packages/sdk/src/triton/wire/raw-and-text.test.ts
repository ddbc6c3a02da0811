import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../errors.ts';
import { bytesTensor, encodeRawRequest, text } from './index.ts';

describe('encodeRawRequest', () => {
  it('is the element of BYTES itself, without its length', () => {
    const picture = Uint8Array.of(0xff, 0xd8);
    const { chunks, totalBytes } = encodeRawRequest(bytesTensor([picture]));
    expect(chunks[0]).toBe(picture);
    expect([chunks.length, totalBytes]).toEqual([1, 2]);
  });

  it('is the memory of a numeric tensor', () => {
    const data = Float32Array.of(1, 2);
    const { chunks, totalBytes } = encodeRawRequest({ datatype: 'FP32', shape: [2], data });
    expect(chunks.map(({ buffer }) => buffer)).toEqual([data.buffer]);
    expect(totalBytes).toBe(8);
  });

  it.each([[bytesTensor(['a', 'b'])], [bytesTensor([])], [bytesTensor(['a'], [1, 1])]])(
    'refuses BYTES of %o',
    (tensor) => {
      expect(() => encodeRawRequest(tensor)).toThrow(InvalidInputError);
    },
  );

  it('refuses what does not fit together', () => {
    expect(() => encodeRawRequest({ datatype: 'FP32', shape: [3], data: new Float32Array(2) })).toThrow(
      InvalidInputError,
    );
  });
});

describe('text and bytesTensor', () => {
  it('are each other’s inverse, byte order marks and emoji included', () => {
    const texts = ['', 'a', '고양이', '🐈', '\ufeffmark'];
    const tensor = bytesTensor(texts);
    expect(tensor.shape).toEqual([5]);
    expect(text(tensor)).toEqual(texts);
    expect(bytesTensor([Uint8Array.of(1), 'b'], [1, 2])).toMatchObject({ shape: [1, 2], datatype: 'BYTES' });
  });

  it('refuses what is not UTF-8, and names the element', () => {
    expect(() => text(bytesTensor(['a', Uint8Array.of(0xff, 0xd8)]))).toThrow(/Element 1 of 2/);
    expect(() => text(bytesTensor([Uint8Array.of(0xff)]))).toThrow(InvalidInputError);
  });
});
