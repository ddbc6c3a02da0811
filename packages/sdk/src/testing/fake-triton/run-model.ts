import type { InferRequest } from '../../triton/wire/tensor.ts';
import { type FakeModel, FakeModelError, type FakeOutputs } from './fake-model.ts';
import { Refusal } from './refusal.ts';

/** All responses of a model, one of an ordinary model. What it throws becomes a `Refusal`. */
export async function* runModel(request: InferRequest, model: FakeModel): AsyncGenerator<FakeOutputs> {
  try {
    if (model.decoupled) for await (const outputs of model.run(request)) yield wanted(outputs, request);
    else yield wanted(await model.run(request), request);
  } catch (error) {
    throw refusalOf(error, request.model);
  }
}

function wanted(outputs: FakeOutputs, request: InferRequest): FakeOutputs {
  const names = request.outputs;
  if (names === undefined) return outputs;
  return Object.fromEntries(Object.entries(outputs).filter(([name]) => names.includes(name)));
}

function refusalOf(error: unknown, model: string): Refusal {
  if (error instanceof FakeModelError) return new Refusal(error.status, error.message, 'text/plain');
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const message = `Failed to process the request(s) for model '${model}_0_0', message: ${text}`;
  return new Refusal(500, message, 'text/plain');
}
