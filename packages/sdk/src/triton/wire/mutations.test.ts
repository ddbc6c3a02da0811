import { expect, it } from 'vitest';
import { datatypes, join } from './__fixtures__/tensor-arbitrary.ts';
import {
  decodeInferResponse,
  decodeTensorData,
  elementBytes,
  elementCount,
  encodeInferResponse,
  encodeTensorData,
  type InferResponse,
  isDatatype,
  type Tensor,
  WireError,
} from './index.ts';
import { typedArrays } from './typed-arrays.ts';

/** Mulberry32: the same numbers on every machine, so that a failing mutation can be made again. */
function randomNumbers(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Reply {
  readonly body: Uint8Array;
  readonly headerBytes: number | undefined;
}

function tensorOf(datatype: (typeof datatypes)[number], shape: readonly number[]): Tensor {
  const count = elementCount(shape) ?? 0;
  if (datatype === 'BYTES') {
    return { datatype, shape, data: Array.from({ length: count }, (_, index) => new Uint8Array(index * 3).fill(65)) };
  }
  const bytes = Uint8Array.from({ length: count * elementBytes[datatype] }, (_, index) => (index % 3 === 0 ? 1 : 0));
  return { datatype, shape, data: decodeTensorData(datatype, shape, bytes) } as Tensor; // Decoded for this datatype.
}

const respond = (outputs: InferResponse['outputs'], isBinary?: (name: string) => boolean): Reply => {
  const response = { model: 'm', version: '1', id: 'id', outputs, parameters: { p: 1, q: 'x', r: true } };
  const { header, chunks, headerBytes } = encodeInferResponse(response, isBinary);
  return { body: join([header, ...chunks]), headerBytes };
};

const every = Object.fromEntries(datatypes.map((datatype, index) => [datatype, tensorOf(datatype, [2, index % 4])]));
const { FP16: _FP16, BF16: _BF16, ...inJson } = every;
const replies: readonly Reply[] = [
  respond(every),
  respond(inJson, () => false),
  respond(every, (name) => name.includes('16') || name === 'BYTES'),
  respond({ BYTES: tensorOf('BYTES', [7]) }),
  respond({ FP32: tensorOf('FP32', [3, 5]), EMPTY: tensorOf('INT64', [0, 3]) }),
  respond({}),
];

// biome-ignore format: one line each would be a page
const hostile: readonly unknown[] = [
  null, true, '', 'FP32', 'BYTES', 'BOOL', '__proto__', 0, -1, 1.5, 4, 2 ** 31, 2 ** 32, 2 ** 53, 1e308, [], {}, [0],
  [2 ** 40, 2 ** 40], [2 ** 53 - 1], [-1], ['2'], [[1]], [0, 2 ** 53 - 1], [null], { binary_data_size: 4 },
  { binary_data_size: -4 }, { binary_data_size: 2 ** 53 - 1 }, { binary_data_size: '8' }, [NaN], [1, 2, 3, 4],
];

type Random = ReturnType<typeof randomNumbers>;
type Mutation = (reply: Reply, random: Random) => Reply;

const mutations: readonly Mutation[] = [
  function flipBits({ body, headerBytes }, random) {
    const changed = body.slice();
    for (let count = 1 + random(4); count > 0; count--) {
      const at = random(changed.length);
      changed[at] = (changed[at] ?? 0) ^ (1 << random(8));
    }
    return { body: changed, headerBytes };
  },
  function truncate({ body, headerBytes }, random) {
    return { body: body.subarray(0, random(body.length)), headerBytes };
  },
  function insert({ body, headerBytes }, random) {
    const at = random(body.length + 1);
    const inserted = Uint8Array.from({ length: 1 + random(9) }, () => random(256));
    return { body: join([body.subarray(0, at), inserted, body.subarray(at)]), headerBytes };
  },
  function changeHeaderLength({ body, headerBytes = 0 }, random) {
    const lengths = [undefined, 0, -1, 1.5, NaN, Infinity, 2 ** 31, 2 ** 53, body.length, body.length + 1];
    return { body, headerBytes: [...lengths, headerBytes + random(9) - 4][random(lengths.length + 1)] };
  },
  function changeJson({ body, headerBytes }, random) {
    const text = new TextDecoder().decode(body.subarray(0, headerBytes ?? body.length));
    let visited = 0;
    let target = Infinity;
    const change = (key: string, value: unknown): unknown => {
      if (visited++ !== target) return value;
      if (random(4) === 0) return undefined;
      // A key that is there already, or twice the same list.
      if (random(8) === 0 && Array.isArray(value)) return [...value, ...value];
      return key === '' ? value : hostile[random(hostile.length)];
    };
    JSON.parse(text, change);
    target = random(visited);
    visited = 0;
    const header = new TextEncoder().encode(JSON.stringify(JSON.parse(text, change)) ?? '');
    const rest = body.subarray(headerBytes ?? body.length);
    return { body: join([header, rest]), headerBytes: headerBytes === undefined ? undefined : header.length };
  },
  function swapDigits({ body, headerBytes }, random) {
    const changed = body.slice();
    const digits = [...changed.keys()].filter((at) => (changed[at] ?? 0) >= 48 && (changed[at] ?? 0) <= 57);
    for (let count = 1 + random(3); count > 0; count--) changed[digits[random(digits.length)] ?? 0] = 48 + random(10);
    return { body: changed, headerBytes };
  },
];

function expectInvariants(response: InferResponse, body: Uint8Array): void {
  expect(typeof response.model).toBe('string');
  expect(typeof response.version).toBe('string');
  expect(['string', 'undefined']).toContain(typeof response.id);
  for (const value of Object.values(response.parameters)) {
    expect(['string', 'number', 'boolean', 'bigint']).toContain(typeof value);
  }
  for (const tensor of Object.values(response.outputs)) {
    expect(isDatatype(tensor.datatype)).toBe(true);
    expect(tensor.data.length).toBe(elementCount(tensor.shape));
    if (tensor.datatype === 'BYTES') for (const element of tensor.data) expect(element).toBeInstanceOf(Uint8Array);
    else expect(tensor.data).toBeInstanceOf(typedArrays[tensor.datatype]);
    if (tensor.datatype === 'BOOL') expect(tensor.data.every((byte) => byte <= 1)).toBe(true);
    // JSON's "0," are two bytes for the eight of an INT64; binary never grows.
    expect(join(encodeTensorData(tensor)).byteLength).toBeLessThanOrEqual(body.byteLength * 4);
  }
}

it('10,000 broken replies: what keeps the rules, or a WireError', () => {
  const random = randomNumbers(20_261_121);
  const started = performance.now();
  let refused = 0;
  for (let index = 0; index < 10_000; index++) {
    const mutate = mutations[index % mutations.length];
    const reply = replies[random(replies.length)];
    if (mutate === undefined || reply === undefined) throw new Error('nothing to break');
    const { body, headerBytes } = mutate(reply, random);
    try {
      expectInvariants(decodeInferResponse(body, headerBytes), body);
    } catch (error) {
      if (!(error instanceof WireError)) throw new Error(`mutation ${index}, ${mutate.name}`, { cause: error });
      expect(error.message.length).toBeLessThan(400);
      refused++;
    }
  }
  // Most break a rule; some change only a value, and those must not be refused.
  expect(refused).toBeGreaterThan(5_000);
  expect(refused).toBeLessThan(9_900);
  expect(performance.now() - started).toBeLessThan(45_000);
});
