import type { InferRequest } from '../../triton/wire/tensor.ts';
import type { FakeModel } from './fake-model.ts';
import { Refusal, requestId } from './refusal.ts';

/** What Triton checks of a request before the model sees it, in its words. Throws `Refusal`. */
export function checkInputs(request: InferRequest, model: FakeModel): void {
  const unknownInput = Object.keys(request.inputs).find((name) => !Object.hasOwn(model.inputs, name));
  if (unknownInput !== undefined) {
    throw new Refusal(400, `unexpected inference input '${unknownInput}' for model '${request.model}'`);
  }
  const unknownOutput = request.outputs?.find((name) => !Object.hasOwn(model.outputs, name));
  if (unknownOutput !== undefined) {
    throw new Refusal(400, `unexpected inference output '${unknownOutput}' for model '${request.model}'`);
  }
  checkPresence(request, model);
  for (const name of Object.keys(request.inputs)) checkInput(name, request, model);
}

const batchNote =
  ' NOTE: Setting a non-zero max_batch_size in the model config requires a batch dimension to be prepended to each ' +
  'input shape. If you want to specify the full shape including the batch dim in your input dims config, try setting ' +
  'max_batch_size to zero. See the model configuration docs for more info on max_batch_size.';

function checkPresence(request: InferRequest, model: FakeModel): void {
  const given = Object.keys(request.inputs);
  const required = Object.keys(model.inputs).filter((name) => !model.inputs[name]?.optional);
  const missing = required.filter((name) => !given.includes(name));
  // Triton only counts: an optional input hides that a required one is missing, and the model has to see to it.
  if (given.length >= required.length) return;
  const most = Object.keys(model.inputs).length;
  const expected =
    required.length === most
      ? `expected ${most} inputs`
      : `expected number of inputs between ${required.length} and ${most}`;
  const list = (names: readonly string[]): string => `[${names.map((name) => `'${name}'`)}]`;
  throw new Refusal(
    400,
    `${requestId(request.id)} ${expected} but got ${given.length} inputs for model '${request.model}'. ` +
      `Got input(s) ${list(given)}, but missing required input(s) ${list(missing)}. Please provide all required input(s).`,
  );
}

function checkInput(name: string, request: InferRequest, model: FakeModel): void {
  const given = request.inputs[name];
  const wanted = model.inputs[name];
  if (given === undefined || wanted === undefined) return;
  const about = `for input '${name}' for model '${request.model}'`;
  if (given.datatype !== wanted.datatype) {
    const types = `data-type is '${given.datatype}', but model '${request.model}' expects '${wanted.datatype}'`;
    throw new Refusal(400, `${requestId(request.id)} inference input '${name}' ${types}`);
  }
  const isBatched = (model.maxBatchSize ?? 0) > 0;
  const shape = isBatched ? [-1, ...wanted.shape] : wanted.shape;
  const fits =
    shape.length === given.shape.length && shape.every((side, index) => side === -1 || side === given.shape[index]);
  if (!fits) {
    const note = isBatched ? batchNote : ' ';
    const shapes = `Expected [${shape}], got [${given.shape}].`;
    throw new Refusal(400, `${requestId(request.id)} unexpected shape ${about}. ${shapes}${note}`);
  }
  if (isBatched && (given.shape[0] ?? 0) > (model.maxBatchSize ?? 0)) {
    const most = `inference request batch-size must be <= ${model.maxBatchSize} for '${request.model}'`;
    throw new Refusal(400, `${requestId(request.id)} ${most}`);
  }
}
