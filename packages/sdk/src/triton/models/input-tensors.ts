import { InvalidInputError } from '../errors.ts';
import type { ModelConfig } from '../server-documents.ts';
import { type Datatype, isDatatype } from '../wire/datatype.ts';
import type { Tensor } from '../wire/tensor.ts';
import { ConversionError, convertElements } from './convert-elements.ts';

type InputSpec = ModelConfig['input'][number];

/**
 * The tensors of a call, in the order of the model's configuration. Throws `InvalidInputError` for a name that the model
 * does not have, a required input that is missing, elements that do not convert and shapes that do not fit.
 */
export function inputTensors(config: ModelConfig, values: Readonly<Record<string, unknown>>): Record<string, Tensor> {
  const names = config.input.map(({ name }) => name);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw invalid(config, `has no input "${unknown}"`, `Its inputs are ${names.join(', ')}.`);
  }
  const given = config.input.filter((spec) => Object.hasOwn(values, spec.name) && values[spec.name] !== undefined);
  const missing = config.input.find((spec) => !spec.optional && !given.includes(spec));
  if (missing) throw invalid(config, `needs the input "${missing.name}"`, `It is ${describe(config, missing)}.`);
  return Object.fromEntries(given.map((spec) => [spec.name, inputTensor(config, spec, values[spec.name])]));
}

function inputTensor(config: ModelConfig, spec: InputSpec, value: unknown): Tensor {
  const datatype = datatypeOf(spec.data_type);
  const what = `input "${spec.name}" (${describe(config, spec)})`;
  if (!datatype) throw invalid(config, `${what} is of a datatype that this client does not know`);
  const shaped = isShaped(value) ? value : undefined;
  if (shaped?.datatype !== undefined && shaped.datatype !== datatype) {
    throw invalid(config, `${what} was given as ${String(shaped.datatype)}`);
  }
  const data = convert(config, what, datatype, shaped ? shaped.data : value);
  const shape = shaped
    ? checkShape(config, spec, what, shaped.shape, data.length)
    : deduceShape(config, spec, what, data.length);
  // `data` was converted to the very datatype beside it.
  return { datatype, shape, data } as Tensor;
}

interface Shaped {
  readonly shape: unknown;
  readonly data: unknown;
  readonly datatype?: unknown;
}

const isShaped = (value: unknown): value is Shaped =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && 'data' in value && 'shape' in value;

function convert(config: ModelConfig, what: string, datatype: Datatype, value: unknown) {
  try {
    return convertElements[datatype](value);
  } catch (cause) {
    if (cause instanceof ConversionError) throw invalid(config, `${what}: ${cause.message}`);
    throw cause;
  }
}

function checkShape(
  config: ModelConfig,
  spec: InputSpec,
  what: string,
  shape: unknown,
  count: number,
): readonly number[] {
  const isShape = Array.isArray(shape) && shape.every((side) => Number.isSafeInteger(side) && side >= 0);
  if (!isShape) throw invalid(config, `${what} has a shape that is no list of whole numbers`);
  // Checked above, side by side.
  const sides = shape as readonly number[];
  const elements = sides.reduce((product, side) => product * side, 1);
  if (elements !== count) {
    throw invalid(config, `${what} has ${count} elements; the shape [${sides.join(', ')}] takes ${elements}`);
  }
  const isBatched = config.max_batch_size > 0;
  const own = isBatched ? sides.slice(1) : sides;
  const fits = own.length === spec.dims.length && spec.dims.every((side, index) => side < 0 || side === own[index]);
  if (!fits || (isBatched && sides.length === 0)) {
    const hint = isBatched ? 'The first side is the batch.' : 'The model has no batch dimension.';
    throw invalid(config, `${what} was given the shape [${sides.join(', ')}]`, hint);
  }
  if (isBatched && sides[0] > config.max_batch_size) {
    throw invalid(config, `${what} was given a batch of ${sides[0]}`, `It takes ${config.max_batch_size} at most.`);
  }
  return sides;
}

/** The model's own dimensions with the one that varies filled in, after a batch dimension of 1 where the model has one. */
function deduceShape(config: ModelConfig, spec: InputSpec, what: string, count: number): readonly number[] {
  const varying = spec.dims.filter((side) => side < 0).length;
  if (varying > 1) {
    throw invalid(
      config,
      `${what} has ${varying} sides that vary`,
      'Give { shape, data }, with the batch dimension if it has one.',
    );
  }
  const fixed = spec.dims.reduce((product, side) => (side < 0 ? product : product * side), 1);
  const fits = varying === 0 ? count === fixed : fixed > 0 && count % fixed === 0;
  if (!fits) {
    throw invalid(
      config,
      `${what} was given ${count} elements`,
      'Give { shape, data } for several items in one batch.',
    );
  }
  const sides = spec.dims.map((side) => (side < 0 ? count / fixed : side));
  return config.max_batch_size > 0 ? [1, ...sides] : sides;
}

const describe = (config: ModelConfig, { data_type, dims }: InputSpec): string =>
  `${datatypeOf(data_type) ?? data_type} [${[...(config.max_batch_size > 0 ? ['batch'] : []), ...dims].join(', ')}]`;

/** `TYPE_FP32` -> `FP32`, `TYPE_STRING` -> `BYTES`; undefined for what this client does not know. */
export function datatypeOf(configType: string): Datatype | undefined {
  const name = configType === 'TYPE_STRING' ? 'BYTES' : configType.replace(/^TYPE_/, '');
  return isDatatype(name) ? name : undefined;
}

function invalid(config: ModelConfig, what: string, hint?: string): InvalidInputError {
  return new InvalidInputError({ model: config.name, message: `The model ${config.name}: ${what}.`, hint });
}
