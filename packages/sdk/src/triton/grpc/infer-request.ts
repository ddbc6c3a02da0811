import protobuf from 'protobufjs/light.js';
import type { InferRequest, ParameterValue, Tensor } from '../wire/tensor.ts';
import { encodeTensorData } from '../wire/tensor-data.ts';
import type { OutgoingBytes } from './one-copy.ts';
import { writeParameter } from './parameters.ts';
import { fieldTag, lengthDelimited, varintBytes, writeVarint } from './protobuf-wire.ts';

const field = { modelName: 1, modelVersion: 2, id: 3, parameters: 4, inputs: 5, outputs: 6, rawInputContents: 7 };
const inputField = { name: 1, datatype: 2, shape: 3 };
const outputField = { name: 1 };
const rawTag = fieldTag(field.rawInputContents, lengthDelimited);

/**
 * Lays out a checked request. The tensors are the last field, so they are copied behind the few bytes that say what they
 * are; protobufjs alone would copy them through its own list of operations.
 */
export function encodeInferRequest(
  request: InferRequest,
  parameters: Readonly<Record<string, ParameterValue>>,
): OutgoingBytes {
  const head = encodeHead(request, parameters);
  const tensors = Object.values(request.inputs).map((tensor) => {
    const pieces = encodeTensorData(tensor);
    return { pieces, byteLength: pieces.reduce((sum, piece) => sum + piece.byteLength, 0) };
  });
  const byteLength = tensors.reduce(
    (sum, { byteLength }) => sum + 1 + varintBytes(byteLength) + byteLength,
    head.length,
  );
  return {
    byteLength,
    writeInto(target, start) {
      target.set(head, start);
      let offset = start + head.length;
      for (const tensor of tensors) {
        target[offset] = rawTag;
        offset = writeVarint(target, offset + 1, tensor.byteLength);
        for (const piece of tensor.pieces) {
          target.set(piece, offset);
          offset += piece.byteLength;
        }
      }
    },
  };
}

function encodeHead(request: InferRequest, parameters: Readonly<Record<string, ParameterValue>>): Uint8Array {
  const writer = protobuf.Writer.create();
  writer.uint32(fieldTag(field.modelName, lengthDelimited)).string(request.model);
  if (request.version) writer.uint32(fieldTag(field.modelVersion, lengthDelimited)).string(request.version);
  if (request.id) writer.uint32(fieldTag(field.id, lengthDelimited)).string(request.id);
  for (const [name, value] of Object.entries(parameters)) writeParameter(writer, field.parameters, name, value);
  for (const [name, tensor] of Object.entries(request.inputs)) writeInput(writer, name, tensor);
  for (const name of request.outputs ?? []) {
    writer.uint32(fieldTag(field.outputs, lengthDelimited)).fork();
    writer.uint32(fieldTag(outputField.name, lengthDelimited)).string(name).ldelim();
  }
  return writer.finish();
}

function writeInput(writer: protobuf.Writer, name: string, { datatype, shape }: Tensor): void {
  writer.uint32(fieldTag(field.inputs, lengthDelimited)).fork();
  writer.uint32(fieldTag(inputField.name, lengthDelimited)).string(name);
  writer.uint32(fieldTag(inputField.datatype, lengthDelimited)).string(datatype);
  if (shape.length > 0) {
    writer.uint32(fieldTag(inputField.shape, lengthDelimited)).fork();
    for (const side of shape) writer.int64(side);
    writer.ldelim();
  }
  writer.ldelim();
}
