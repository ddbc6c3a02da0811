import { AtelierError } from '../../errors/atelier-error.ts';
import type { ModelConfig } from '../server-documents.ts';
import { type Datatype, isDatatype } from '../wire/datatype.ts';
import { commentText, propertyName } from './source-text.ts';

/** Options of `writeModelTypes`. */
export interface ModelTypesOptions {
  /**
   * The command that makes the file again, for its first lines. Default: `atelier triton types --url URL > models.ts`,
   * so that the file does not tell where the server stands.
   */
  readonly command?: string;
}

type ConfigTensor = ModelConfig['input'][number];

/**
 * TypeScript source that declares `Models`, the inputs and outputs of each model, from their configurations
 * (`client.modelConfig()`): `new TritonClient<Models>({ url })` then checks every call. Models and tensors are in the
 * order of their names, so that the file changes only where they do. Throws `invalid-input` where a name occurs twice.
 */
export function writeModelTypes(configs: readonly ModelConfig[], options: ModelTypesOptions = {}): string {
  const { command = 'atelier triton types --url URL > models.ts' } = options;
  const models = byName(configs, 'model').flatMap((config) => modelLines(config).map(indent));
  const used = [
    ...(configs.some(({ input }) => input.some(isKnown)) ? ['InputValue'] : []),
    ...(configs.some(({ output }) => output.some(isKnown)) ? ['Tensor'] : []),
  ];
  const lines = [
    '// Generated from the configuration of a running Triton server; do not edit. To make it again:',
    `//   ${commentText(command)}`,
    ...(used.length > 0 ? [`import type { ${used.join(', ')} } from '@atelier/sdk/triton';`] : []),
    '',
    '/** Models by name, for `new TritonClient<Models>({ url })`. In shapes, -1 is a side of any length. */',
    ...(models.length === 0 ? ['export interface Models {}'] : ['export interface Models {', ...models, '}']),
    '',
  ];
  return lines.join('\n');
}

function modelLines(config: ModelConfig): string[] {
  const decoupled = config.model_transaction_policy?.decoupled ?? false;
  const batched = config.max_batch_size > 0;
  const responses = decoupled ? 'A stream of responses (decoupled)' : 'One response';
  const batches = batched ? `batches of up to ${config.max_batch_size}` : 'no batches';
  const tensors = (list: readonly ConfigTensor[], kind: 'input' | 'output') =>
    byName(list, `${kind} of ${config.name}`).flatMap((tensor) => tensorLines(tensor, kind, batched).map(indent));
  return [
    `/** ${responses}; ${batches}. */`,
    `${propertyName(config.name)}: {`,
    ...record('inputs', tensors(config.input, 'input')).map(indent),
    ...record('outputs', tensors(config.output, 'output')).map(indent),
    `  decoupled: ${decoupled};`,
    '};',
  ];
}

function tensorLines(tensor: ConfigTensor, kind: 'input' | 'output', batched: boolean): string[] {
  const shape = [...(batched ? ['batch'] : []), ...tensor.dims].join(', ');
  const optional = kind === 'input' && tensor.optional;
  const name = `${propertyName(tensor.name)}${optional ? '?' : ''}`;
  const datatype = datatypeOf(tensor.data_type);
  // Left out, the model would seem to be without it; as `never` the compiler points here.
  if (!datatype) {
    return [
      `/** ${unknownType(tensor.data_type)} [${shape}], which this version of @atelier/sdk does not know. */`,
      `${name}: never;`,
    ];
  }
  return [
    `/** ${datatype} [${shape}]${optional ? ', optional' : ''}. */`,
    `${name}: ${kind === 'input' ? 'InputValue' : 'Tensor'}<'${datatype}'>;`,
  ];
}

/** `TYPE_FP32` is FP32, `TYPE_STRING` is BYTES. */
function datatypeOf(configType: string): Datatype | undefined {
  const name = configType.replace(/^TYPE_/, '').replace(/^STRING$/, 'BYTES');
  return isDatatype(name) ? name : undefined;
}

const isKnown = ({ data_type }: ConfigTensor): boolean => datatypeOf(data_type) !== undefined;

const unknownType = (configType: string): string => (/^\w{1,64}$/.test(configType) ? configType : 'A data type');

/** Without members a plain `{}` would take anything. */
const record = (name: string, members: readonly string[]): string[] =>
  members.length === 0 ? [`${name}: Record<string, never>;`] : [`${name}: {`, ...members, '};'];

const indent = (line: string): string => `  ${line}`;

/** In the order of UTF-16 units, which is the same on every machine. */
function byName<Item extends { readonly name: string }>(items: readonly Item[], what: string): Item[] {
  const sorted = [...items].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const twice = sorted.find(({ name }, index) => index > 0 && sorted[index - 1].name === name);
  if (twice) {
    throw new AtelierError({
      code: 'invalid-input',
      message: `There are two entries named ${JSON.stringify(twice.name)} (${what}).`,
      hint: 'Give the configuration of each model once.',
    });
  }
  return sorted;
}
