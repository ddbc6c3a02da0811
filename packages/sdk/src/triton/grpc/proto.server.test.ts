import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { protoRoot } from './messages.ts';

interface Descriptors {
  readonly messages: Record<string, unknown>;
  readonly enums: Record<string, unknown>;
  readonly methods: Record<string, unknown>;
}

/** Shared memory is not spoken here: it needs native code on the client's side. */
const leftOut = /SharedMemory/;

let theirs: Descriptors;
let ours: Descriptors;

beforeAll(() => {
  const script = fileURLToPath(new URL('./__fixtures__/dump-descriptors.py', import.meta.url));
  const { stdout, stderr, status } = spawnSync(inject('triton').python, [script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  theirs = JSON.parse(stdout);
  ours = { messages: {}, enums: {}, methods: {} };
  collect(protoRoot(), ours);
});

const nameOf = (object: protobuf.ReflectionObject): string => object.fullName.slice(1);

function collect(namespace: protobuf.NamespaceBase, into: Descriptors): void {
  for (const object of namespace.nestedArray) {
    if (object instanceof protobuf.Type) {
      into.messages[nameOf(object)] = Object.fromEntries(
        object.fieldsArray.map((field) => [field.name, describeField(field)]),
      );
    } else if (object instanceof protobuf.Enum) into.enums[nameOf(object)] = object.values;
    else if (object instanceof protobuf.Service) collectMethods(object, into);
    if (object instanceof protobuf.Namespace) collect(object, into);
  }
}

function describeField(field: protobuf.Field) {
  const label = field instanceof protobuf.MapField ? 'map' : field.repeated ? 'repeated' : 'single';
  return {
    number: field.id,
    type: field.resolvedType ? nameOf(field.resolvedType) : field.type,
    label,
    key: field instanceof protobuf.MapField ? field.keyType : null,
    oneof: field.partOf?.name ?? null,
  };
}

function collectMethods(service: protobuf.Service, into: Descriptors): void {
  for (const method of service.methodsArray) {
    into.methods[`${nameOf(service)}/${method.name}`] = {
      request: method.resolvedRequestType && nameOf(method.resolvedRequestType),
      response: method.resolvedResponseType && nameOf(method.resolvedResponseType),
      streams: [method.requestStream === true, method.responseStream === true],
    };
  }
}

const spoken = (described: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(described).filter(([name]) => !leftOut.test(name)));

describe('the .proto files', () => {
  it('have every message and field as NVIDIA has them: names, numbers, types, labels, oneofs', () => {
    expect(Object.keys(ours.messages).length).toBeGreaterThan(90);
    expect(ours.messages).toEqual(spoken(theirs.messages));
  });

  it('have every value of every enum', () => {
    expect(Object.keys(ours.enums).length).toBeGreaterThan(8);
    expect(ours.enums).toEqual(spoken(theirs.enums));
  });

  it('have every method with its messages and its streaming', () => {
    expect(Object.keys(ours.methods)).toHaveLength(14);
    expect(ours.methods).toEqual(spoken(theirs.methods));
  });
});
