import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allBitsOf,
  bitsOf,
  join,
  nameArbitrary,
  parametersArbitrary,
  placed,
  tensorArbitrary,
  tensorsArbitrary,
} from './__fixtures__/tensor-arbitrary.ts';
import {
  checkInferRequest,
  decodeInferRequest,
  decodeInferResponse,
  decodeTensorData,
  encodeInferRequest,
  encodeInferResponse,
  encodeTensorData,
  type InferRequest,
  type InferResponse,
} from './index.ts';

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const offsetArbitrary = fc.integer({ min: 0, max: 7 });

const requestArbitrary: fc.Arbitrary<InferRequest> = fc.record({
  model: nameArbitrary,
  version: optional(fc.nat().map(String)),
  id: optional(fc.string({ unit: 'grapheme' })),
  inputs: tensorsArbitrary,
  outputs: optional(fc.uniqueArray(nameArbitrary, { minLength: 1, maxLength: 4 })),
  parameters: parametersArbitrary,
  priority: optional(fc.maxSafeNat()),
  timeoutMicroseconds: optional(fc.maxSafeNat()),
});

const responseArbitrary: fc.Arbitrary<InferResponse> = fc.record({
  model: nameArbitrary,
  version: fc.nat().map(String),
  id: optional(fc.string({ unit: 'grapheme' })),
  outputs: tensorsArbitrary,
  parameters: parametersArbitrary,
});

/** The same number may be written as a double or, beyond 2^53, come back as the integer that it is. */
const asSent = (values: InferRequest['parameters'] = {}) => Object.entries(values);

describe('a message and back, bit for bit', () => {
  it('requests of any tensors, at any offset', () => {
    fc.assert(
      fc.property(requestArbitrary, offsetArbitrary, (request, offset) => {
        checkInferRequest(request);
        const { header, chunks, headerBytes, totalBytes } = encodeInferRequest(request);
        const body = placed(header, chunks, offset);
        expect(body.byteLength).toBe(totalBytes);
        const decoded = decodeInferRequest(body, headerBytes);
        expect(allBitsOf(decoded.inputs)).toEqual(allBitsOf(request.inputs));
        expect(asSent(decoded.parameters)).toEqual(asSent(request.parameters));
        const { id, outputs, priority, timeoutMicroseconds } = request;
        expect(decoded).toMatchObject({ id, outputs, priority, timeoutMicroseconds });
        for (const name of request.outputs ?? ['any']) expect(decoded.isBinary(name)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('responses of any tensors, at any offset', () => {
    fc.assert(
      fc.property(responseArbitrary, offsetArbitrary, (response, offset) => {
        const { header, chunks, headerBytes, totalBytes } = encodeInferResponse(response);
        const body = placed(header, chunks, offset);
        expect(body.byteLength).toBe(totalBytes);
        const decoded = decodeInferResponse(body, headerBytes);
        expect(allBitsOf(decoded.outputs)).toEqual(allBitsOf(response.outputs));
        expect(asSent(decoded.parameters)).toEqual(asSent(response.parameters));
        expect(decoded).toMatchObject({ model: response.model, version: response.version, id: response.id });
      }),
      { numRuns: 300 },
    );
  });

  it('responses with outputs as JSON between outputs as bytes', () => {
    const inJson = tensorArbitrary(
      fc.constantFrom('BOOL', 'UINT8', 'UINT16', 'UINT32', 'UINT64', 'INT8', 'INT16', 'INT32', 'INT64', 'FP64'),
    );
    const mixed = fc.array(fc.tuple(fc.boolean(), inJson), { maxLength: 5 });
    fc.assert(
      fc.property(mixed, offsetArbitrary, (list, offset) => {
        const outputs = Object.fromEntries(list.map(([, tensor], index) => [`O${index}`, tensor]));
        const response: InferResponse = { model: 'm', version: '1', id: undefined, outputs, parameters: {} };
        const encoded = encodeInferResponse(response, (name) => list[Number(name.slice(1))]?.[0] ?? true);
        const decoded = decodeInferResponse(placed(encoded.header, encoded.chunks, offset), encoded.headerBytes);
        for (const [name, tensor] of Object.entries(outputs)) {
          // JSON has one NaN only, so there the values are compared and not their bits.
          if (tensor.datatype === 'FP64') expect(decoded.outputs[name]).toEqual({ ...tensor, data: tensor.data });
          else expect(decoded.outputs[name] && bitsOf(decoded.outputs[name])).toEqual(bitsOf(tensor));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the data of one tensor', () => {
    fc.assert(
      fc.property(tensorArbitrary(), offsetArbitrary, (tensor, offset) => {
        const bytes = placed(new Uint8Array(0), encodeTensorData(tensor), offset);
        const data = decodeTensorData(tensor.datatype, tensor.shape, bytes);
        expect(join(encodeTensorData({ ...tensor, data } as typeof tensor))).toEqual(join(encodeTensorData(tensor)));
      }),
    );
  });
});
