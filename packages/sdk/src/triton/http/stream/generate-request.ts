import type { CallContext } from '../../error-of-status.ts';
import { GrpcRequiredError, InvalidInputError } from '../../errors.ts';
import type { ModelMetadata } from '../../server-documents.ts';
import { elementCount, type InferRequest, type Tensor } from '../../wire/index.ts';
import { parametersJson } from '../../wire/parameters.ts';
import { elementsJson, NoJsonForm } from './element-json.ts';
import { impliedShape } from './implied-shape.ts';

interface Target {
  readonly metadata: ModelMetadata;
  readonly binaryInJson: 'base64' | 'refuse';
  readonly context: CallContext;
}

const openGrpc = "Open the server's gRPC port (8001 by default) and give it as `grpcUrl`.";

/**
 * The body of `/generate_stream`: a list of elements under each input's name. It carries neither datatypes nor shapes,
 * so both must be what the server will take from the model. Throws `InvalidInputError` for inputs that the model does
 * not have, `GrpcRequiredError` for what this form cannot say.
 */
export function generateRequestJson(request: InferRequest, target: Target): string {
  const { metadata, context } = target;
  const { id, parameters = {}, priority, timeoutMicroseconds, outputs = [] } = request;
  if ((priority ?? 0) !== 0 || (timeoutMicroseconds ?? 0) !== 0) {
    throw grpcRequired(context, 'A stream over HTTP has no place for the priority or the timeout of the queue');
  }
  for (const name of outputs) named(metadata.outputs, name, 'output', context);
  for (const name of Object.keys(parameters)) {
    if (metadata.inputs.every((input) => input.name !== name)) continue;
    const message = `The parameter ${name} has the name of an input, which a stream over HTTP cannot tell apart.`;
    throw new InvalidInputError({ ...context, message, hint: 'Rename it, or use gRPC.' });
  }
  const members = Object.entries(request.inputs).map(
    ([name, tensor]) => `${JSON.stringify(name)}:${inputJson(name, tensor, target)}`,
  );
  if (id !== undefined) members.push(`"id":${JSON.stringify(id)}`);
  const custom = parametersJson(Object.entries(parameters));
  if (custom !== '') members.push(`"parameters":${custom}`);
  return `{${members.join(',')}}`;
}

function inputJson(name: string, tensor: Tensor, { metadata, binaryInJson, context }: Target): string {
  const { datatype, shape } = named(metadata.inputs, name, 'input', context);
  if (datatype !== tensor.datatype) {
    const message = `The input ${name} is ${tensor.datatype}, but the model ${context.model} takes ${datatype}.`;
    throw new InvalidInputError({ ...context, message });
  }
  const implied = impliedShape(shape, elementCount(tensor.shape) ?? 0);
  if (implied?.join() !== tensor.shape.join()) {
    const what = `The input ${name} has the shape [${tensor.shape}], which a stream over HTTP cannot say`;
    throw grpcRequired(context, `${what}: the server makes [${implied ?? 'no shape'}] of a list for [${shape}]`);
  }
  try {
    return elementsJson(tensor, binaryInJson);
  } catch (cause) {
    if (!(cause instanceof NoJsonForm)) throw cause;
    throw grpcRequired(context, `The input ${name} ${cause.message}`);
  }
}

function named<Item extends { readonly name: string }>(
  items: readonly Item[],
  name: string,
  what: 'input' | 'output',
  context: CallContext,
): Item {
  const found = items.find((item) => item.name === name);
  if (found) return found;
  const names = items.map((item) => item.name).join(', ');
  const message = `The model ${context.model} has no ${what} ${name}.`;
  throw new InvalidInputError({ ...context, message, hint: `It has: ${names || 'none'}.` });
}

const grpcRequired = (context: CallContext, why: string): GrpcRequiredError =>
  new GrpcRequiredError({ ...context, message: `${why}.`, hint: openGrpc });
