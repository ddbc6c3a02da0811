import type protobuf from 'protobufjs/light.js';
import { largestInt64 } from '../wire/bigint-ranges.ts';
import type { ParameterValue } from '../wire/tensor.ts';
import { fieldTag, fixed64, lengthDelimited, readFields, readText, readWhole, varint } from './protobuf-wire.ts';

/** Fields of a map's entry, and of InferParameter's oneof. */
const entry = { key: 1, value: 2 };
const choice = { bool: 1, int64: 2, string: 3, double: 4, uint64: 5 };

/** One entry of `map<string, InferParameter>`: whole numbers go as int64, other numbers as double. */
export function writeParameter(writer: protobuf.Writer, field: number, name: string, value: ParameterValue): void {
  writer.uint32(fieldTag(field, lengthDelimited)).fork();
  writer.uint32(fieldTag(entry.key, lengthDelimited)).string(name);
  writer.uint32(fieldTag(entry.value, lengthDelimited)).fork();
  if (typeof value === 'boolean') writer.uint32(fieldTag(choice.bool, varint)).bool(value);
  else if (typeof value === 'string') writer.uint32(fieldTag(choice.string, lengthDelimited)).string(value);
  else if (typeof value === 'bigint') writeBigint(writer, value);
  else if (Number.isSafeInteger(value)) writer.uint32(fieldTag(choice.int64, varint)).int64(value);
  else writer.uint32(fieldTag(choice.double, fixed64)).double(value);
  writer.ldelim().ldelim();
}

function writeBigint(writer: protobuf.Writer, value: bigint): void {
  if (value > largestInt64) writer.uint32(fieldTag(choice.uint64, varint)).uint64(String(value));
  else writer.uint32(fieldTag(choice.int64, varint)).int64(String(value));
}

/** Reads one entry; undefined where it has no value. */
export function readParameter(reader: protobuf.Reader): readonly [string, ParameterValue] | undefined {
  let name = '';
  let value: ParameterValue | undefined;
  readFields(reader, (tag) => {
    if (tag === fieldTag(entry.key, lengthDelimited)) name = readText(reader);
    else if (tag === fieldTag(entry.value, lengthDelimited)) value = readChoice(reader);
    else return false;
    return true;
  });
  return value === undefined ? undefined : [name, value];
}

function readChoice(reader: protobuf.Reader): ParameterValue | undefined {
  let value: ParameterValue | undefined;
  readFields(reader, (tag) => {
    if (tag === fieldTag(choice.bool, varint)) value = reader.bool();
    else if (tag === fieldTag(choice.int64, varint)) value = readWhole(reader.int64());
    else if (tag === fieldTag(choice.string, lengthDelimited)) value = readText(reader);
    else if (tag === fieldTag(choice.double, fixed64)) value = reader.double();
    else if (tag === fieldTag(choice.uint64, varint)) value = readWhole(reader.uint64());
    else return false;
    return true;
  });
  return value;
}
