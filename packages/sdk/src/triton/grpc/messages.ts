import protobuf from 'protobufjs/light.js';
import { protoDescriptor } from './proto-descriptor.ts';

const packageName = 'inference';
const service = 'GRPCInferenceService';

// Built at the first call that needs it: infer does not, its messages have a codec of their own.
let root: protobuf.Root | undefined;

/** The messages and services of the .proto files. */
export function protoRoot(): protobuf.Root {
  if (root) return root;
  root = protobuf.Root.fromJSON(JSON.parse(protoDescriptor));
  root.resolveAll();
  return root;
}

/** Where a method of the service is called. */
export const methodPath = (method: string): string => `/${packageName}.${service}/${method}`;

/** The bytes of a message. `value` has the field names of the .proto. */
export function encodeMessage(name: string, value: Readonly<Record<string, unknown>>): Buffer {
  const type = protoRoot().lookupType(`${packageName}.${name}`);
  return Buffer.from(type.encode(type.fromObject(value)).finish());
}

/**
 * A message as plain JSON data, as the server's own JSON has it: every plain field is present, int64 are numbers, enums
 * are names, and messages that are not set are absent. Throws for bytes that are no such message.
 */
export function decodeMessage(name: string, bytes: Uint8Array): Record<string, unknown> {
  const type = protoRoot().lookupType(`${packageName}.${name}`);
  const plain: unknown = type.toObject(type.decode(bytes), { longs: Number, enums: String, defaults: true });
  return dropUnset(plain) as Record<string, unknown>; // toObject gives an object, and an object is kept one.
}

/** With its defaults, protobufjs writes null for a message that is not set. */
function dropUnset(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropUnset);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(entries.map(([name, field]) => [name, dropUnset(field)]));
}
