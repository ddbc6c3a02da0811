import { InvalidArgumentError } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { boxOptionsSchema } from './decision/box-options.ts';
import { imageOptionsSchema } from './image/image-options.ts';
import { readProviderOptions } from './provider-options.ts';

const refusal = (options: unknown, schema: typeof imageOptionsSchema | typeof boxOptionsSchema) => {
  try {
    // What a program in JavaScript may pass.
    readProviderOptions({ triton: options as never }, schema);
  } catch (error) {
    if (InvalidArgumentError.isInstance(error)) return error;
    throw error;
  }
  throw new Error('it was taken');
};

describe('providerOptions.triton', () => {
  it('is read, and empty where there is none', () => {
    const options = { steps: 2, guidance: 7.5, strength: 1, negativePrompt: '', maskMode: 'white' } as const;
    expect(readProviderOptions({ triton: options }, imageOptionsSchema)).toEqual(options);
    expect(readProviderOptions({ openai: { quality: 'high' } }, imageOptionsSchema)).toEqual({});
    expect(readProviderOptions(undefined, boxOptionsSchema)).toEqual({});
  });

  it.each([
    [{ steps: 0 }, 'steps', 'a whole number from 1 to 1000'],
    [{ steps: 1001 }, 'steps', 'a whole number from 1 to 1000'],
    [{ steps: 2.5 }, 'steps', 'a whole number from 1 to 1000'],
    [{ guidance: '7' }, 'guidance', 'a number from 0 to 30'],
    [{ guidance: 31 }, 'guidance', 'a number from 0 to 30'],
    [{ strength: 1.5 }, 'strength', 'a number from 0 to 1'],
    [{ negativePrompt: 7 }, 'negativePrompt', 'a text'],
    [{ maskMode: 'black' }, 'maskMode', "'auto', 'transparent' or 'white'"],
  ])('%j names the option and what it may be', (options, name, allowed) => {
    const { message, argument } = refusal(options, imageOptionsSchema);
    expect(message).toBe(`providerOptions.triton.${name} must be ${allowed}.`);
    expect(argument).toBe(`providerOptions.triton.${name}`);
  });

  it('tells which options there are', () => {
    expect(refusal({ stepps: 3 }, imageOptionsSchema).message).toBe(
      'providerOptions.triton.stepps is not an option of this model. It has: steps, guidance, strength, negativePrompt, maskMode.',
    );
    expect(refusal({ constructor: 3 }, boxOptionsSchema).message).toMatch(/constructor is not an option/);
    expect(refusal('steps=3', boxOptionsSchema).message).toMatch(/must be an object with options: threshold\./);
    expect(refusal({ threshold: 2 }, boxOptionsSchema).message).toMatch(/threshold must be a number from 0 to 1\./);
  });

  it('describes every option', () => {
    for (const schema of [imageOptionsSchema, boxOptionsSchema])
      for (const [name, field] of Object.entries(schema.shape)) expect(field.description, name).toMatch(/\w/);
  });
});
