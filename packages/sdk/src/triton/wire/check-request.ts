import { InvalidInputError } from '../errors.ts';
import { largestUint64, smallestInt64 } from './bigint-ranges.ts';
import { checkTensor } from './check-tensor.ts';
import { isReservedParameter } from './reserved-parameters.ts';
import type { InferRequest, ParameterValue } from './tensor.ts';

/** Throws `InvalidInputError`, with what to do, unless the request can be sent as it is. The encoders rely on it. */
export function checkInferRequest(request: InferRequest): void {
  const { model, version, id, inputs, outputs, parameters = {} } = request;
  checkName(model, 'The model', undefined);
  if (version !== undefined && !/^[0-9]+$/.test(version)) {
    refuse(model, 'The version is not digits.', "Give '1', or leave it out for the server's choice.");
  }
  if (id !== undefined) checkText(id, 'The id', model);
  for (const [name, tensor] of Object.entries(inputs)) {
    checkName(name, 'An input', model);
    checkTensor(tensor, name, model);
  }
  if (outputs !== undefined) checkOutputs(outputs, model);
  for (const [name, value] of Object.entries(parameters)) checkParameter(name, value, model);
  checkWhole(request.priority, 'priority', model);
  checkWhole(request.timeoutMicroseconds, 'timeoutMicroseconds', model);
}

function refuse(model: string | undefined, message: string, hint: string): never {
  throw new InvalidInputError({ message, hint, model });
}

function checkName(name: string, what: string, model: string | undefined): void {
  checkText(name, `${what}'s name`, model);
  if (name === '') refuse(model, `${what} has no name.`, 'Give the name that the model configuration has.');
}

function checkText(text: string, what: string, model: string | undefined): void {
  if (typeof text !== 'string') refuse(model, `${what} is no text.`, 'Give a string.');
  // A lone surrogate has no UTF-8, and encoders would put another character in its place.
  if (/\p{Surrogate}/u.test(text)) refuse(model, `${what} is not well-formed Unicode.`, 'Use `toWellFormed()`.');
}

function checkOutputs(outputs: readonly string[], model: string): void {
  for (const name of outputs) checkName(name, 'An output', model);
  if (outputs.length === 0) refuse(model, 'The list of outputs is empty.', 'Name one, or leave `outputs` out for all.');
  if (new Set(outputs).size < outputs.length) refuse(model, 'An output is named twice.', 'Name every output once.');
}

function checkParameter(name: string, value: ParameterValue, model: string): void {
  checkName(name, 'A parameter', model);
  if (isReservedParameter(name)) {
    const hint = 'Rename it; for the queue there are `priority` and `timeoutMicroseconds`.';
    refuse(model, `The parameter "${name}" is reserved for the server.`, hint);
  }
  if (typeof value === 'string') checkText(value, `The parameter "${name}"`, model);
  else if (typeof value === 'number') {
    if (!Number.isFinite(value)) refuse(model, `The parameter "${name}" is not finite.`, 'Send it as text.');
  } else if (typeof value === 'bigint') {
    if (value < smallestInt64 || value > largestUint64) {
      refuse(model, `The parameter "${name}" has more than 64 bits.`, 'Send it as text.');
    }
  } else if (typeof value !== 'boolean') {
    refuse(model, `The parameter "${name}" is no text, number or boolean.`, 'Send structures as JSON text.');
  }
}

function checkWhole(value: number | undefined, what: string, model: string): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 0)) return;
  refuse(model, `${what} is not a whole number >= 0.`, 'Give 0 for the default of the model.');
}
