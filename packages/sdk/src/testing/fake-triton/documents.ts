import type { FakeModel, FakeTensor } from './fake-model.ts';

/** `GET /v2`. Names only the extensions that the fake has. */
export const serverDocument = {
  name: 'triton',
  version: '2.51.0',
  extensions: ['model_configuration', 'binary_tensor_data', 'parameters'],
};

const batched = (model: FakeModel, shape: readonly number[]): readonly number[] =>
  (model.maxBatchSize ?? 0) > 0 ? [-1, ...shape] : shape;

/** `GET /v2/models/<name>`. */
export function metadataDocument(name: string, model: FakeModel): object {
  const tensors = (list: Readonly<Record<string, FakeTensor>>): readonly object[] =>
    Object.entries(list).map(([tensor, { datatype, shape }]) => ({
      name: tensor,
      datatype,
      shape: batched(model, shape),
    }));
  const { inputs, outputs } = model;
  return { name, versions: ['1'], platform: 'python', inputs: tensors(inputs), outputs: tensors(outputs) };
}

/** `GET /v2/models/<name>/config`: of the many fields those that say how to call the model. */
export function configDocument(name: string, model: FakeModel): object {
  const tensors = (list: Readonly<Record<string, FakeTensor>>): readonly object[] =>
    Object.entries(list).map(([tensor, { datatype, shape, optional = false }]) => ({
      name: tensor,
      data_type: datatype === 'BYTES' ? 'TYPE_STRING' : `TYPE_${datatype}`,
      dims: shape,
      optional,
    }));
  return {
    name,
    platform: '',
    backend: 'python',
    max_batch_size: model.maxBatchSize ?? 0,
    input: tensors(model.inputs),
    output: tensors(model.outputs).map((output) => ({ ...output, optional: undefined })),
    ...(model.decoupled ? { model_transaction_policy: { decoupled: true } } : {}),
  };
}

/** `POST /v2/repository/index`. */
export function indexDocument(models: Readonly<Record<string, FakeModel>>, onlyReady: boolean): readonly object[] {
  return Object.entries(models).flatMap(([name, model]) => {
    if (isReady(model)) return [{ name, version: '1', state: 'READY' }];
    return onlyReady ? [] : [{ name, version: '1', state: 'UNAVAILABLE', reason: 'unloaded' }];
  });
}

export const isReady = (model: FakeModel): boolean => model.isReady?.() ?? true;
