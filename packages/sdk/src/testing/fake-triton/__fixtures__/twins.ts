import type { Tensor } from '../../../triton/wire/tensor.ts';
import { bytesTensor, text } from '../../../triton/wire/text.ts';
import { type FakeModel, FakeModelError } from '../index.ts';

/** Like exceptions of Python, by their names. */
class ValueError extends Error {
  override readonly name = 'ValueError';
}
class AttributeError extends Error {
  override readonly name = 'AttributeError';
}

const codes = [
  'UNKNOWN',
  'INTERNAL',
  'NOT_FOUND',
  'INVALID_ARG',
  'UNAVAILABLE',
  'UNSUPPORTED',
  'ALREADY_EXISTS',
  'CANCELLED',
] as const;

function fail(code: string, message: string): never {
  if (code === 'raise') throw new ValueError('raised');
  throw new FakeModelError(
    message,
    codes.find((one) => one === code),
  );
}

const textOf = (tensor: Tensor | undefined): string => (tensor?.datatype === 'BYTES' ? (text(tensor)[0] ?? '') : '');
const numberOf = (tensor: Tensor | undefined, missing: number): number => Number(tensor?.data[0] ?? missing);

/** The same as triton/__fixtures__/models/twin_ordinary. */
const ordinary: FakeModel = {
  maxBatchSize: 4,
  inputs: {
    CODE: { datatype: 'BYTES', shape: [1] },
    VALUES: { datatype: 'FP32', shape: [-1], optional: true },
  },
  outputs: {
    ECHO: { datatype: 'BYTES', shape: [1] },
    VALUES: { datatype: 'FP32', shape: [-1] },
    HALF: { datatype: 'FP16', shape: [1] },
  },
  run({ inputs: { CODE, VALUES } }) {
    if (CODE === undefined) throw new AttributeError("'NoneType' object has no attribute 'as_numpy'");
    const code = textOf(CODE);
    if (code === 'raise' || /^[A-Z_]+$/.test(code)) fail(code, 'as asked');
    const half: Tensor = { datatype: 'FP16', shape: [1, 1], data: Uint16Array.of(0x3c00) };
    return {
      ECHO: CODE,
      ...(VALUES && { VALUES }),
      ...(code === 'half' && { HALF: half }),
    };
  },
};

/** The same as triton/__fixtures__/models/twin_decoupled. */
const decoupled: FakeModel = {
  decoupled: true,
  inputs: {
    COUNT: { datatype: 'INT32', shape: [1] },
    FAIL_AT: { datatype: 'INT32', shape: [1], optional: true },
    CODE: { datatype: 'BYTES', shape: [1], optional: true },
    FLAG: { datatype: 'BOOL', shape: [1], optional: true },
    HALF: { datatype: 'FP16', shape: [1], optional: true },
    PAIRS: { datatype: 'INT64', shape: [-1, 2], optional: true },
  },
  outputs: {
    STEP: { datatype: 'INT32', shape: [1] },
    TEXTS: { datatype: 'BYTES', shape: [2] },
    PAIRS: { datatype: 'INT64', shape: [-1, 2] },
  },
  *run({ inputs: { COUNT, FAIL_AT, CODE, PAIRS } }) {
    for (let step = 0; step < numberOf(COUNT, 0); step++) {
      if (step === numberOf(FAIL_AT, -1)) fail(textOf(CODE), 'bad step');
      const STEP: Tensor = { datatype: 'INT32', shape: [1], data: Int32Array.of(step) };
      yield { STEP, TEXTS: bytesTensor([`step ${step}`, '고양이']), ...(PAIRS && { PAIRS }) };
    }
  },
};

/** The fake's own twins of models that a real server hosts in the tests. */
export const twins: Readonly<Record<string, FakeModel>> = {
  twin_ordinary: ordinary,
  twin_decoupled: decoupled,
  raw_bytes: {
    inputs: { INPUT: { datatype: 'BYTES', shape: [1] } },
    outputs: { OUTPUT: { datatype: 'BYTES', shape: [1] } },
    run: ({ inputs: { INPUT } }) => ({ ...(INPUT && { OUTPUT: INPUT }) }),
  },
  identity: {
    inputs: { INPUT: { datatype: 'FP32', shape: [-1] } },
    outputs: { OUTPUT: { datatype: 'FP32', shape: [-1] } },
    run: ({ inputs: { INPUT } }) => ({ ...(INPUT && { OUTPUT: INPUT }) }),
  },
};
