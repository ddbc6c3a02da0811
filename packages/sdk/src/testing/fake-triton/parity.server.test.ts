import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parseServerJson } from '../../triton/wire/server-json.ts';
import { twins } from './__fixtures__/twins.ts';
import { type FakeTriton, fakeTriton } from './index.ts';

let fake: FakeTriton;
beforeAll(async () => {
  fake = await fakeTriton({ models: twins });
});
afterAll(() => fake.close());

type Method = 'GET' | 'POST' | 'PUT';

async function ask(url: string, method: Method, path: string, body?: Uint8Array | string, headerBytes?: number) {
  const headers: Record<string, string> =
    headerBytes === undefined ? {} : { 'inference-header-content-length': String(headerBytes) };
  const answer = await request(url + path, { method, body, headers });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const answered = answer.headers['inference-header-content-length'];
  const split = answered === undefined ? bytes.length : Number(answered);
  return {
    status: answer.statusCode,
    contentType: answer.headers['content-type'],
    headerBytes: answered,
    json: documents(bytes.subarray(0, split).toString()),
    binary: bytes.subarray(split).toString('hex'),
  };
}

/** Compared as values: 1 may be written as 1.0. A stream has one in each event. */
const documents = (text: string): unknown =>
  text
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => parseServerJson(withoutTraceback(event.replace(/^data: /, ''))));

/** Where in the Python code it was raised, which functions cannot know. */
const withoutTraceback = (text: string): string => text.replace(/\\n\\nAt:.*"/, '"');

const json = (inputs: readonly object[], more: object = {}): string => JSON.stringify({ inputs, ...more });
const code = (text: string, shape: readonly number[] = [1, 1]): object => ({
  name: 'CODE',
  datatype: 'BYTES',
  shape,
  data: new Array(shape.reduce((product, side) => product * side, 1)).fill(text),
});
const values = (...data: readonly number[]): object => ({
  name: 'VALUES',
  datatype: 'FP32',
  shape: [1, data.length],
  data,
});

const ordinary = '/v2/models/twin_ordinary';
const decoupled = '/v2/models/twin_decoupled';
const stream = `${decoupled}/generate_stream`;
const binary = '{"inputs":[{"name":"INPUT","datatype":"BYTES","shape":[1],"parameters":{"binary_data_size":7}}]}';
const errorCodes = [
  'UNKNOWN',
  'INTERNAL',
  'NOT_FOUND',
  'INVALID_ARG',
  'UNAVAILABLE',
  'UNSUPPORTED',
  'ALREADY_EXISTS',
  'CANCELLED',
];

const same: readonly [string, Method, string, (string | Uint8Array)?, number?][] = [
  ['liveness', 'GET', '/v2/health/live'],
  ['readiness', 'GET', '/v2/health/ready'],
  ['metadata', 'GET', ordinary],
  ['metadata of a version', 'GET', `${decoupled}/versions/1`],
  ['metadata of a version with a zero before it', 'GET', `${decoupled}/versions/01`],
  ['metadata and a query', 'GET', `${decoupled}?x=1`],
  ['a name that is percent-encoded', 'GET', '/v2/models/twin%5fordinary'],
  ['an unknown model', 'GET', '/v2/models/nope'],
  ['an unknown version', 'GET', `${ordinary}/versions/7`],
  ['a version that is no number', 'GET', `${ordinary}/versions/x`],
  ['a model that is ready', 'GET', `${ordinary}/ready`],
  ['a version that is ready', 'GET', `${ordinary}/versions/1/ready`],
  ['an unknown model that is not ready', 'GET', '/v2/models/nope/ready'],
  ['an unknown version that is not ready', 'GET', `${ordinary}/versions/3/ready`],
  ['the configuration of an unknown model', 'GET', '/v2/models/nope/config'],
  ['a slash at the end', 'GET', '/v2/'],
  ['an unknown path', 'GET', '/v2/nope'],
  ['an unknown part of a model', 'GET', `${ordinary}/nope`],
  ['GET of /infer', 'GET', `${ordinary}/infer`],
  ['PUT of /infer', 'PUT', `${ordinary}/infer`, ''],
  ['GET of /generate_stream', 'GET', stream],
  ['POST of metadata', 'POST', ordinary, ''],
  ['POST of the server', 'POST', '/v2', ''],
  ['POST of liveness', 'POST', '/v2/health/live', ''],
  ['GET of the index', 'GET', '/v2/repository/index'],
  ['infer in JSON', 'POST', `${ordinary}/infer`, json([code('x'), values(1, 2.5)], { id: 'an id' })],
  ['infer of a version', 'POST', `${ordinary}/versions/1/infer`, json([code('x')])],
  [
    'infer in binary',
    'POST',
    `${ordinary}/infer`,
    json([code('x'), values(1, 2.5)], { parameters: { binary_data_output: true } }),
  ],
  [
    'one output in binary',
    'POST',
    `${ordinary}/infer`,
    json([code('x'), values(1)], {
      outputs: [{ name: 'ECHO' }, { name: 'VALUES', parameters: { binary_data: true } }],
    }),
  ],
  [
    'one output not in binary',
    'POST',
    `${ordinary}/infer`,
    json([code('x')], {
      outputs: [{ name: 'ECHO', parameters: { binary_data: false } }],
      parameters: { binary_data_output: true },
    }),
  ],
  [
    'outputs that were not asked for',
    'POST',
    `${ordinary}/infer`,
    json([code('x'), values(1)], { outputs: [{ name: 'VALUES' }] }),
  ],
  ['an empty list of outputs', 'POST', `${ordinary}/infer`, json([code('x'), values(1)], { outputs: [] })],
  ['no output at all', 'POST', `${ordinary}/infer`, json([code('x')], { outputs: [{ name: 'VALUES' }] })],
  [
    'an empty binary output',
    'POST',
    `${ordinary}/infer`,
    json([code('x'), values()], { outputs: [{ name: 'VALUES', parameters: { binary_data: true } }] }),
  ],
  ['FP16 in JSON', 'POST', `${ordinary}/infer`, json([code('half')])],
  ['FP16 in binary', 'POST', `${ordinary}/infer`, json([code('half')], { parameters: { binary_data_output: true } })],
  ['a batch', 'POST', `${ordinary}/infer`, json([code('x', [3, 1])])],
  ['a batch that is too large', 'POST', `${ordinary}/infer`, json([code('x', [5, 1])])],
  ['a missing input', 'POST', `${ordinary}/infer`, json([])],
  ['a missing input behind an optional one', 'POST', `${ordinary}/infer`, json([values(1)], { id: 'an id' })],
  ['a missing input of a model without optional ones', 'POST', '/v2/models/raw_bytes/infer', json([])],
  ['an unknown input', 'POST', `${ordinary}/infer`, json([code('x'), { ...code('x'), name: 'NOPE' }])],
  ['an unknown output', 'POST', `${ordinary}/infer`, json([code('x')], { outputs: [{ name: 'NOPE' }] })],
  ['another datatype', 'POST', `${ordinary}/infer`, json([code('x'), { ...values(1), datatype: 'FP64' }])],
  [
    'another shape',
    'POST',
    '/v2/models/raw_bytes/infer',
    json([{ name: 'INPUT', datatype: 'BYTES', shape: [2], data: ['a', 'b'] }]),
  ],
  ['another shape of a batched model', 'POST', `${ordinary}/infer`, json([code('x', [1, 2])], { id: 'an id' })],
  ['an unknown model to infer', 'POST', '/v2/models/nope/infer', json([])],
  ['an unknown version to infer', 'POST', `${ordinary}/versions/9/infer`, json([])],
  ['a decoupled model to infer', 'POST', `${decoupled}/infer`, json([])],
  ['a header longer than the body', 'POST', '/v2/models/raw_bytes/infer', 'x', 5000],
  ['a negative header', 'POST', '/v2/models/raw_bytes/infer', 'x', -1],
  ['an exception', 'POST', `${ordinary}/infer`, json([code('raise')])],
  ...errorCodes.map((name): (typeof same)[number] => [
    `the error ${name}`,
    'POST',
    `${ordinary}/infer`,
    json([code(name)]),
  ]),
  ['a binary input', 'POST', '/v2/models/raw_bytes/infer', `${binary}\x03\0\0\0cat`, binary.length],
  ['a raw request', 'POST', '/v2/models/raw_bytes/infer', 'a picture', 0],
  ['an empty raw request', 'POST', '/v2/models/raw_bytes/infer', '', 0],
  ['an empty body', 'POST', '/v2/models/raw_bytes/infer', ''],
  ['a raw request of numbers', 'POST', '/v2/models/identity/infer', new Uint8Array(12), 0],
  ['a raw request of no numbers', 'POST', '/v2/models/identity/infer', '', 0],
  ['a raw request of half a number', 'POST', '/v2/models/identity/infer', new Uint8Array(6), 0],
  ['a raw request to a model of two inputs', 'POST', `${ordinary}/infer`, 'x', 0],
  ['a stream', 'POST', stream, '{"COUNT":3}'],
  ['a stream with an id', 'POST', stream, '{"COUNT":1,"id":"an id","note":"x","number":1,"flag":true}'],
  ['a stream of lists', 'POST', stream, '{"COUNT":1,"PAIRS":[1,9223372036854775807],"FLAG":true}'],
  ['a stream of nested parameters', 'POST', stream, '{"parameters":{"COUNT":1,"note":2}}'],
  ['a stream of nothing', 'POST', stream, '{"COUNT":0}'],
  ...errorCodes.flatMap((name): (typeof same)[number][] => [
    [`${name} in the third event`, 'POST', stream, `{"COUNT":5,"FAIL_AT":2,"CODE":"${name}"}`],
    [`${name} in the first event`, 'POST', stream, `{"COUNT":5,"FAIL_AT":0,"CODE":"${name}"}`],
  ]),
  ['an exception in the third event', 'POST', stream, '{"COUNT":5,"FAIL_AT":2,"CODE":"raise"}'],
  ['an exception in the first event', 'POST', stream, '{"COUNT":5,"FAIL_AT":0,"CODE":"raise"}'],
  ['a stream of a model of one response', 'POST', `${ordinary}/generate_stream`, '{"CODE":"x","VALUES":[1,2]}'],
  ['an error of a model of one response', 'POST', `${ordinary}/generate_stream`, '{"CODE":"UNAVAILABLE"}'],
  ['an exception of a model of one response', 'POST', `${ordinary}/generate_stream`, '{"CODE":"raise"}'],
  ['FP16 in a stream', 'POST', `${ordinary}/generate_stream`, '{"CODE":"half"}'],
  ['FP16 to a stream', 'POST', stream, '{"COUNT":1,"HALF":1}'],
  ['a stream without its input', 'POST', stream, '{}'],
  ['too many values', 'POST', stream, '{"COUNT":[1,2]}'],
  ['values that make no shape', 'POST', stream, '{"COUNT":1,"PAIRS":[1,2,3]}'],
  ['a parameter that is a list', 'POST', stream, '{"COUNT":1,"x":[1]}'],
  ['a parameter that is null', 'POST', stream, '{"COUNT":1,"x":null}'],
  ['an id that is a number', 'POST', stream, '{"COUNT":1,"id":5}'],
  ['parameters that are a number', 'POST', stream, '{"parameters":5}'],
  ['a list for a request', 'POST', stream, '[1]'],
  ['a stream of an unknown model', 'POST', '/v2/models/nope/generate_stream', '{}'],
];

/** Triton has a sentence of its own for each. */
const sameStatus: readonly (typeof same)[number][] = [
  ['no JSON', 'POST', '/v2/models/raw_bytes/infer', '{no'],
  ['JSON that is cut', 'POST', '/v2/models/raw_bytes/infer', binary, 3],
  ['no JSON to a stream', 'POST', stream, 'no'],
  ['too few bytes', 'POST', '/v2/models/raw_bytes/infer', `${binary}\x03\0\0`, binary.length],
  ['too many bytes', 'POST', '/v2/models/raw_bytes/infer', `${binary}\x03\0\0\0cats`, binary.length],
  ['an unknown datatype', 'POST', `${ordinary}/infer`, json([{ ...code('x'), datatype: 'FP9' }])],
  ['text for a number', 'POST', stream, '{"COUNT":"x"}'],
  ['a fraction for an integer', 'POST', stream, '{"COUNT":1.5}'],
  ['a number for a boolean', 'POST', stream, '{"COUNT":1,"FLAG":1}'],
];

describe('answers as a real server does:', () => {
  it.each(same)('%s', async (_, ...call) => {
    expect(await ask(fake.url, ...call)).toEqual(await ask(inject('triton').url, ...call));
  });

  it.each(sameStatus)('%s, in other words', async (_, ...call) => {
    const [ours, theirs] = [await ask(fake.url, ...call), await ask(inject('triton').url, ...call)];
    expect([ours.status, ours.contentType]).toEqual([theirs.status, theirs.contentType]);
    expect(ours.json).toEqual([{ error: expect.any(String) }]);
  });

  it.each(['twin_ordinary', 'twin_decoupled'])('all that it says of the configuration of %s', async (name) => {
    const path = `/v2/models/${name}/config`;
    const [ours, theirs] = [await ask(fake.url, 'GET', path), await ask(inject('triton').url, 'GET', path)];
    expect(theirs).toMatchObject(ours);
  });

  it('the server’s own document, with fewer extensions', async () => {
    const [[ours], [theirs]] = [await server(fake.url), await server(inject('triton').url)];
    expect(ours).toEqual({ ...theirs, extensions: ours?.extensions });
    expect(theirs?.extensions).toEqual(expect.arrayContaining(ours?.extensions ?? []));
  });

  it('the models that are ready', async () => {
    const ours = await index(fake.url);
    const theirs = await index(inject('triton').url);
    expect(ours).toHaveLength(4);
    expect(theirs).toEqual(expect.arrayContaining(ours));
  });
});

const server = async (url: string) =>
  [(await (await request(`${url}/v2`)).body.json()) as { extensions: string[] }] as const; // As documented.
const index = async (url: string) =>
  (await (await request(`${url}/v2/repository/index`, { method: 'POST' })).body.json()) as object[]; // A list.
