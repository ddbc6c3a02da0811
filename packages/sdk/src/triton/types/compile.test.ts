import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelConfigSchema } from '../server-documents.ts';
import { typeCheck } from './__fixtures__/type-check.ts';
import { writeModelTypes } from './write-model-types.ts';

const fixture = (name: string) => readFile(new URL(`./__fixtures__/${name}`, import.meta.url), 'utf8');

describe('the compiler, on calls of models', () => {
  it('takes the right ones and refuses every wrong one', async () => {
    const [models, calls] = await Promise.all(['server-models.ts', 'calls.test-d.ts'].map(fixture));
    expect(await typeCheck({ 'server-models.ts': models, 'calls.ts': calls })).toEqual([]);
    // Without the marks every refused call is an error of its own, on the line after.
    const lines = calls.split('\n');
    const marked = lines.flatMap((line, index) => (line.includes('@ts-expect-error') ? [index + 2] : []));
    const unmarked = calls.replaceAll('@ts-expect-error', 'refused:');
    const errors = await typeCheck({ 'server-models.ts': models, 'calls.ts': unmarked });
    expect(marked.length).toBeGreaterThan(8);
    expect(new Set(errors.map((error) => Number(error.match(/^calls\.ts\((\d+),/)?.[1])))).toEqual(new Set(marked));
  });
});

const pieces = [
  ...["'", '"', '`', '\\', '\n', '\r', '\u2028', '\u2029', '\u202e', '\u200d', '\0', '\t', ' ', '*/', '/*', '//'],
  ...['${', '};', '?', ':', '#', '__proto__', 'constructor', 'default', 'a', '1', '한', '\u{1f408}', "'; export {}; '"],
];
const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join('')),
);
const datatype = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('TYPE_FP32', 'TYPE_STRING', 'TYPE_BF16', 'TYPE_INT64', 'TYPE_BOOL') },
  { weight: 1, arbitrary: fc.oneof(name, fc.constantFrom('TYPE_FP8', 'TYPE_INVALID', 'TYPE___proto__')) },
);
const dims = fc.array(fc.integer({ min: -1, max: 1024 }), { maxLength: 4 });
const tensors = fc.uniqueArray(fc.record({ name, data_type: datatype, dims, optional: fc.boolean() }), {
  selector: (tensor) => tensor.name,
  maxLength: 4,
});
const model = fc.record({
  name,
  max_batch_size: fc.constantFrom(0, 1, 64),
  input: tensors,
  output: tensors,
  model_transaction_policy: fc.option(fc.record({ decoupled: fc.boolean() }), { nil: undefined }),
});
const repository = fc.uniqueArray(model, { selector: (config) => config.name, maxLength: 4 });

/** A union of names, written by other means than the code under test. */
const union = (items: readonly { readonly name: string }[]): string =>
  items.length === 0 ? 'never' : items.map((item) => JSON.stringify(item.name)).join(' | ');

/** Holds the compiler to it that a file declares exactly what the configurations say, and exports no value. */
function proof(file: string, configs: ReturnType<typeof modelConfigSchema.parse>[]): string {
  const claims = configs.flatMap(({ name, input, output }) => {
    const at = `Models[${JSON.stringify(name)}]`;
    return [
      ...(input.length > 0 ? [`Same<keyof ${at}['inputs'], ${union(input)}>`] : []),
      ...(output.length > 0 ? [`Same<keyof ${at}['outputs'], ${union(output)}>`] : []),
      `Same<keyof ${at}, 'inputs' | 'outputs' | 'decoupled'>`,
    ];
  });
  return [
    `import type { Models } from './${file}';`,
    'type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;',
    `type Claims = [${[`Same<keyof Models, ${union(configs)}>`, `Same<keyof typeof import('./${file}'), never>`, ...claims].join(', ')}];`,
    `export const held: Claims = [${Array(claims.length + 2)
      .fill('true')
      .join(', ')}];`,
  ].join('\n');
}

const string = String.raw`(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")`;
const key = String.raw`(?:${string}|[A-Za-z_$][\w$]*)`;
/** Every form that a line may have: what is not one of them has broken out. */
const line = new RegExp(
  [
    '',
    '// Generated from [^*]*',
    '// {3}atelier triton types --url URL > models\\.ts',
    "import type \\{ [\\w, ]+ \\} from '@atelier/sdk/triton';",
    ' *\\/\\*\\* (?:(?!\\*\\/).)* \\*\\/',
    'export interface Models \\{\\}?',
    ` *${key}: \\{`,
    ` *${key}\\??: (?:never|Record<string, never>|(?:InputValue|Tensor)<'\\w+'>);`,
    ' *decoupled: (?:true|false);',
    ' *\\};?',
  ]
    .map((form) => `^${form}$`)
    .join('|'),
  'u',
);

describe('names that are hostile to source text', () => {
  it('stay inside their quotes', () => {
    fc.assert(
      fc.property(repository, (documents) => {
        const source = writeModelTypes(documents.map((document) => modelConfigSchema.parse(document)));
        for (const text of source.split(/[\n\r\u2028\u2029]/)) expect(text).toMatch(line);
      }),
      { numRuns: 500 },
    );
  });

  it('compile, and come out as they went in', async () => {
    const files: Record<string, string> = {};
    for (const [index, documents] of fc.sample(repository, { numRuns: 120, seed: 1 }).entries()) {
      const configs = documents.map((document) => modelConfigSchema.parse(document));
      files[`models-${index}.ts`] = writeModelTypes(configs);
      files[`proof-${index}.ts`] = proof(`models-${index}.ts`, configs);
    }
    expect(await typeCheck(files)).toEqual([]);
    const lie = proof('models-0.ts', []).replace('never>', "'nobody'>");
    const [error] = await typeCheck({ 'models-0.ts': files['models-0.ts'], 'proof.ts': lie });
    expect(error).toMatch(/^proof\.ts\(4,.*not assignable/);
  });
});
