import protobuf from 'protobufjs/light.js';
import { type Datatype, isDatatype } from '../wire/datatype.ts';
import type { InferResponse, ParameterValue, Tensor } from '../wire/tensor.ts';
import { decodeTensorData } from '../wire/tensor-data.ts';
import { WireError } from '../wire/wire-error.ts';
import { readParameter } from './parameters.ts';
import {
  fieldTag,
  lengthDelimited,
  readFields,
  readFieldsUntil,
  readText,
  readWhole,
  varint,
} from './protobuf-wire.ts';

const field = { modelName: 1, modelVersion: 2, id: 3, parameters: 4, outputs: 5, rawOutputContents: 6 };
const outputField = { name: 1, datatype: 2, shape: 3, contents: 5 };
const streamField = { errorMessage: 1, inferResponse: 2 };

/** One message of a stream: a response, or what went wrong in the server's words. */
export interface StreamMessage {
  readonly error: string;
  readonly response: Uint8Array | undefined;
}

interface OutputHead {
  readonly name: string;
  readonly datatype: Datatype;
  readonly shape: readonly number[];
}

/**
 * A ModelInferResponse. Tensors are views of `bytes` where they lie aligned, else one copy each. Throws `WireError`, only.
 */
export function decodeInferResponse(bytes: Uint8Array): InferResponse {
  return withWireErrors(() => {
    const reader = protobuf.Reader.create(bytes);
    const text = { model: '', version: '', id: '' };
    const parameters: (readonly [string, ParameterValue])[] = [];
    const heads: OutputHead[] = [];
    const contents: Uint8Array[] = [];
    readFieldsUntil(reader, reader.len, (tag) => {
      if (tag === fieldTag(field.modelName, lengthDelimited)) text.model = readText(reader);
      else if (tag === fieldTag(field.modelVersion, lengthDelimited)) text.version = readText(reader);
      else if (tag === fieldTag(field.id, lengthDelimited)) text.id = readText(reader);
      else if (tag === fieldTag(field.parameters, lengthDelimited)) {
        const parameter = readParameter(reader);
        if (parameter) parameters.push(parameter);
      } else if (tag === fieldTag(field.outputs, lengthDelimited)) heads.push(readOutput(reader));
      else if (tag === fieldTag(field.rawOutputContents, lengthDelimited)) contents.push(reader.bytes());
      else return false;
      return true;
    });
    return {
      ...text,
      id: text.id === '' ? undefined : text.id,
      outputs: readTensors(heads, contents),
      // Own properties whatever the names are, `__proto__` too.
      parameters: Object.fromEntries(parameters),
    };
  });
}

/** A ModelStreamInferResponse, its response not yet decoded. Throws `WireError`, only. */
export function decodeStreamMessage(bytes: Uint8Array): StreamMessage {
  return withWireErrors(() => {
    const reader = protobuf.Reader.create(bytes);
    let error = '';
    let response: Uint8Array | undefined;
    readFieldsUntil(reader, reader.len, (tag) => {
      if (tag === fieldTag(streamField.errorMessage, lengthDelimited)) error = readText(reader);
      else if (tag === fieldTag(streamField.inferResponse, lengthDelimited)) response = reader.bytes();
      else return false;
      return true;
    });
    return { error, response };
  });
}

function readOutput(reader: protobuf.Reader): OutputHead {
  let name = '';
  let datatype = '';
  const shape: number[] = [];
  readFields(reader, (tag) => {
    if (tag === fieldTag(outputField.name, lengthDelimited)) name = readText(reader);
    else if (tag === fieldTag(outputField.datatype, lengthDelimited)) datatype = readText(reader);
    else if (tag === fieldTag(outputField.shape, lengthDelimited)) readShape(reader, shape);
    else if (tag === fieldTag(outputField.shape, varint)) shape.push(Number(readWhole(reader.int64())));
    else if (tag === fieldTag(outputField.contents, lengthDelimited)) {
      throw new WireError(`The output "${name}" has its elements in the message instead of raw.`);
    } else return false;
    return true;
  });
  if (name === '') throw new WireError('An output has no name.');
  if (!isDatatype(datatype)) throw new WireError(`The output "${name}" has an unknown datatype.`);
  return { name, datatype, shape };
}

function readShape(reader: protobuf.Reader, shape: number[]): void {
  const length = reader.uint32();
  const end = reader.pos + length;
  while (reader.pos < end) shape.push(Number(readWhole(reader.int64())));
  if (reader.pos !== end) throw new RangeError('a shape is longer than its field');
}

function readTensors(heads: readonly OutputHead[], contents: readonly Uint8Array[]): Record<string, Tensor> {
  if (heads.length !== contents.length) {
    throw new WireError(`The response describes ${heads.length} outputs and carries ${contents.length}.`);
  }
  const tensors = new Map<string, Tensor>();
  for (const [index, { name, datatype, shape }] of heads.entries()) {
    const what = `Output "${name}"`;
    if (tensors.has(name)) throw new WireError(`${what} is there twice.`);
    const data = decodeTensorData(datatype, shape, contents[index] ?? new Uint8Array(), what);
    // Of a datatype and of the data decoded for it, which TypeScript cannot tie together over the union.
    tensors.set(name, { datatype, shape, data } as Tensor);
  }
  return Object.fromEntries(tensors);
}

/** protobufjs throws plain errors, with an offset, for bytes that are no message. */
function withWireErrors<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof WireError) throw cause;
    throw new WireError(
      `The response is no protobuf message: ${cause instanceof Error ? cause.message : 'unreadable'}.`,
    );
  }
}
