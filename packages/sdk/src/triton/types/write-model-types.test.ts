import { describe, expect, it } from 'vitest';
import { modelConfigSchema } from '../server-documents.ts';
import { writeModelTypes } from './write-model-types.ts';

const config = (document: object) => modelConfigSchema.parse({ name: 'm', ...document });
const input = (name: string, more: object = {}) => ({ name, data_type: 'TYPE_FP32', dims: [1], ...more });

describe('writeModelTypes', () => {
  it('is the same whatever the order of models and tensors', () => {
    const models = ['b', 'a', 'B', '가'].map((name) => config({ name, input: [input('y'), input('x')] }));
    const backwards = models.map((model) => ({ ...model, input: [...model.input].reverse() })).reverse();
    expect(writeModelTypes(models)).toBe(writeModelTypes(backwards));
    const names = [...writeModelTypes(models).matchAll(/^ {2}'?(\w|가)'?: \{$/gm)].map(([, name]) => name);
    expect(names).toEqual(['B', 'a', 'b', '가']);
  });

  it('marks optional inputs, and never outputs', () => {
    const source = writeModelTypes([
      config({ input: [input('X', { optional: true })], output: [input('Y', { optional: true })] }),
    ]);
    expect(source).toContain("      /** FP32 [1], optional. */\n      X?: InputValue<'FP32'>;");
    expect(source).toContain("      /** FP32 [1]. */\n      Y: Tensor<'FP32'>;");
  });

  it('names the batch dimension where there is one', () => {
    const source = writeModelTypes([config({ max_batch_size: 4, input: [input('X', { dims: [-1, 3] })] })]);
    expect(source).toContain('/** One response; batches of up to 4. */');
    expect(source).toContain('/** FP32 [batch, -1, 3]. */');
  });

  it('keeps what it does not know as never, with a note', () => {
    const source = writeModelTypes([config({ input: [input('X', { data_type: 'TYPE_FP8', dims: [4] })] })]);
    expect(source).toContain(
      '      /** TYPE_FP8 [4], which this version of @atelier/sdk does not know. */\n      X: never;',
    );
    expect(source).not.toContain('import');
    const hostile = writeModelTypes([config({ input: [input('X', { data_type: '*/ evil()' })] })]);
    expect(hostile).not.toContain('evil');
  });

  it('takes no inputs for a model without any', () => {
    expect(writeModelTypes([config({})])).toContain('    inputs: Record<string, never>;');
    expect(writeModelTypes([])).toMatch(/\nexport interface Models \{\}\n$/);
  });

  it('says how it was made, on one line whatever the command', () => {
    expect(writeModelTypes([])).toContain('\n//   atelier triton types --url URL > models.ts\n');
    const source = writeModelTypes([], { command: 'atelier triton types --models "a\nexport const b = 1"' });
    expect(source).toContain('\n//   atelier triton types --models "a export const b = 1"\n');
  });

  it.each([
    ['models', [config({}), config({})]],
    ['inputs', [config({ input: [input('X'), input('X')] })]],
  ])('refuses two %s of one name', (_what, configs) => {
    expect(() => writeModelTypes(configs)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });
});
