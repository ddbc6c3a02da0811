import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { generateOperationsIndex } from '../../../scripts/generate-operations.ts';
import { AtelierError } from '../../errors/atelier-error.ts';
import { findOperation, parseParameters } from './find-operation.ts';
import { adjustOperations } from './operations/index.ts';

const failureOf = (action: () => unknown): AtelierError | undefined => {
  try {
    action();
  } catch (error) {
    if (AtelierError.isInstance(error)) return error;
    throw error;
  }
  return undefined;
};

describe('adjustOperations', () => {
  it('are the files of the folder', async () => {
    const { path, content } = await generateOperationsIndex();
    expect(await readFile(path, 'utf8')).toBe(content);
  });

  it.each(adjustOperations.map((operation) => [operation.name, operation] as const))(
    '%s is whole',
    (name, operation) => {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(parseParameters(operation, operation.example)).toEqual(operation.example);
      expect(new Set(operation.phrasings.map(({ language }) => language))).toEqual(new Set(['en', 'ko']));
      for (const { pattern } of operation.phrasings) expect(pattern.source).toMatch(/^\^.*\$$/s);
      // Brains see the parameters as JSON Schema, closed and described.
      const schema = z.toJSONSchema(operation.parameters);
      expect(schema.additionalProperties).toBe(false);
      for (const property of Object.values(schema.properties ?? {})) expect(property).toHaveProperty('description');
    },
  );
});

describe('findOperation', () => {
  it('finds by name', () => expect(findOperation('blur').name).toBe('blur'));

  it('lists the names there are', () => {
    const failure = failureOf(() => findOperation('melt'));
    expect(failure?.code).toBe('invalid-input');
    for (const { name } of adjustOperations) expect(failure?.hint).toContain(name);
  });
});

describe('parseParameters', () => {
  it('fills in defaults', () => {
    expect(parseParameters(findOperation('brighten'), {})).toEqual({ amount: 0.35 });
    expect(parseParameters(findOperation('blur'), undefined)).toEqual({});
  });

  it.each([
    ['recolour', {}, 'colour'],
    ['recolour', { colour: 'shiny' }, 'Give a colour'],
    ['recolour', { colour: 'red', extra: 1 }, 'extra'],
    ['blur', { radius: -1 }, 'radius'],
    ['pixelate', 'large', 'pixelate'],
  ])('names the fault in %s %j', (name, parameters, word) => {
    const failure = failureOf(() => parseParameters(findOperation(name), parameters));
    expect(failure?.code).toBe('invalid-input');
    expect(failure?.message).toContain(word);
  });
});
