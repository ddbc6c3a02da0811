import { type CallContext, errorOfEvent } from '../../error-of-status.ts';
import { ResponseInvalidError } from '../../errors.ts';
import type { ModelMetadata } from '../../server-documents.ts';
import {
  decodeJsonData,
  type InferResponse,
  isDatatype,
  type ParameterValue,
  parseServerJson,
  type Tensor,
  WireError,
} from '../../wire/index.ts';
import { isRecord, readParameters } from '../../wire/parameters.ts';
import { impliedShape } from './implied-shape.ts';

interface Source {
  readonly metadata: ModelMetadata;
  /** Names of the outputs wanted; all without. */
  readonly outputs: readonly string[] | undefined;
  readonly context: CallContext;
}

/** One event of `/generate_stream` as a response. Throws the error that it carries, or `ResponseInvalidError`. */
export function readGenerateEvent(data: string, source: Source): InferResponse {
  const { context } = source;
  try {
    const event = parseServerJson(data, 'The event');
    if (!isRecord(event)) throw new WireError('The event is no JSON object.');
    if (typeof event.error === 'string' && event.model_name === undefined) throw errorOfEvent(event.error, context);
    return responseOf(event, source);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    const message = `The stream of ${context.server} holds an event that is none. ${cause.message}`;
    throw new ResponseInvalidError({ ...context, message, cause });
  }
}

function responseOf(event: Readonly<Record<string, unknown>>, { metadata, outputs }: Source): InferResponse {
  const { model_name: model, model_version: version, id, ...rest } = event;
  if (typeof model !== 'string') throw new WireError('The event has no model_name as text.');
  const tensors: [string, Tensor][] = [];
  const parameters: [string, unknown][] = [];
  for (const [name, value] of Object.entries(rest)) {
    const output = metadata.outputs.find((candidate) => candidate.name === name);
    // Whatever else an event holds are the response's parameters.
    if (!output) parameters.push([name, value]);
    else if (outputs === undefined || outputs.includes(name)) tensors.push([name, tensorOf(output, value)]);
  }
  return {
    model,
    version: typeof version === 'string' ? version : '',
    id: typeof id === 'string' ? id : undefined,
    outputs: Object.fromEntries(tensors),
    parameters: readParameters(Object.fromEntries(parameters), 'The event') satisfies Record<string, ParameterValue>,
  };
}

function tensorOf({ name, datatype, shape }: ModelMetadata['outputs'][number], value: unknown): Tensor {
  const what = `The output ${JSON.stringify(name)}`;
  if (!isDatatype(datatype)) throw new WireError(`${what} has a datatype that is not known.`);
  const elements = Array.isArray(value) ? value : [value];
  // Events say no shape: it is the model's, as far as that is fixed.
  const known = impliedShape(shape, elements.length) ?? [elements.length];
  const data = decodeJsonData(datatype, known, elements, what);
  // The codec pairs the data with its datatype, which TypeScript does not follow through the union.
  return { datatype, shape: known, data } as Tensor;
}
